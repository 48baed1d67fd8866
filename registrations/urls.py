"""Addresses of registrations."""

from django.urls import path

from registrations.views import invitation, join, mine, programme, register

app_name = "registrations"
urlpatterns = [
    path("events/<slug:event>/register/", register.register_page, name="register"),
    path("events/<slug:event>/register/done/", register.done, name="done"),
    path("events/<slug:event>/register/resend/", register.resend, name="resend"),
    path("events/<slug:event>/register/days.ics", register.days_calendar, name="days_calendar"),
    path("invitations/<str:secret>/", invitation.invitation_page, name="invitation"),
    path("invitations/<str:secret>/opened/", invitation.opened, name="invitation_opened"),
    path("invitations/<str:secret>/decline/", invitation.decline_page, name="decline_invitation"),
    path("registrations/<str:secret>/", mine.mine, name="mine"),
    path("registrations/<str:secret>/edit/", mine.edit, name="edit"),
    path("registrations/<str:secret>/answers/<slug:question>/", mine.answer_file, name="answer_file"),
    path("registrations/<str:secret>/accept/", mine.accept_mine, name="accept"),
    path("registrations/<str:secret>/type/", mine.change_type_page, name="change_type"),
    path("registrations/<str:secret>/cancel/", mine.cancel_page, name="cancel"),
    path("registrations/<str:secret>/resend/", mine.resend_mine, name="resend_mine"),
    path("registrations/<str:secret>/programme/", programme.programme, name="programme"),
    path("registrations/<str:secret>/programme.ics", programme.programme_calendar, name="programme_calendar"),
    path("join/<str:secret>/<slug:session>/", join.join, name="join"),
    path("registrations/<str:secret>/calendar.ics", mine.calendar, name="calendar"),
]
