"""Where mail services report what became of mails: django-anymail's addresses, without those for incoming mail."""

from anymail.urls import urlpatterns as all_addresses

urlpatterns = [one for one in all_addresses if "inbound" not in str(one.name)]
