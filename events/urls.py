"""Addresses of events."""

from django.urls import path

from events.views import documents, news
from events.views import programme as views

app_name = "events"
urlpatterns = [
    path("events/<slug:event>/about/", views.about, name="about"),
    path("events/<slug:event>/agenda/", views.agenda, name="agenda"),
    path("events/<slug:event>/hall.svg", views.hall, name="hall"),
    path("events/<slug:event>/agenda/code.svg", views.agenda_code, name="agenda_code"),
    path("events/<slug:event>/agenda/mine.svg", views.mine_code, name="mine_code"),
    path("events/<slug:event>/agenda/changes/", views.agenda_changes, name="agenda_changes"),
    path("events/<slug:event>/agenda.ics", views.agenda_ics, name="agenda_ics"),
    path("events/<slug:event>/live/", views.live, name="live"),
    path("events/<slug:event>/schedule.xml", views.schedule_xml, name="schedule_xml"),
    path("events/<slug:event>/schedule.json", views.schedule_json, name="schedule_json"),
    path("events/<slug:event>/sessions/<slug:slug>/", views.session, name="session"),
    path("events/<slug:event>/sessions/<slug:slug>.ics", views.session_ics, name="session_ics"),
    path("events/<slug:event>/speakers/", views.speakers, name="speakers"),
    path("events/<slug:event>/speakers/<slug:slug>/", views.speaker, name="speaker"),
    path("events/<slug:event>/news/", news.news, name="news"),
    path("events/<slug:event>/news/<slug:slug>/", news.news_post, name="news_post"),
    path("events/<slug:event>/news.atom", news.news_atom, name="news_atom"),
    path("events/<slug:event>/documents/", documents.documents, name="documents"),
    path("documents/", documents.library, name="library"),
    path("events/<slug:event>/<slug:slug>/", views.page, name="page"),
]
