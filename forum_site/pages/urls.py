"""Addresses of the pages that need several apps."""

from django.urls import path

from forum_site.pages import views
from forum_site.pages.cards import views as cards

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("editions/", views.editions, name="editions"),
    path("events/<slug:event>/", views.edition, name="edition"),
    path("events/<slug:event>/card.png", cards.edition_card, name="edition_card"),
    path("events/<slug:event>/sessions/<slug:slug>/card.png", cards.session_card, name="session_card"),
    path("events/<slug:event>/news/<slug:slug>/card.jpg", cards.news_card, name="news_card"),
    path("events/<slug:event>/speakers/<slug:slug>/card.png", cards.speaker_card, name="speaker_card"),
]
