"""Addresses of registrations."""

from django.urls import path

from registrations.views import group, invitation, join, mine, my_data, programme, register, sessions, transfer

app_name = "registrations"
urlpatterns = [
    path("events/<slug:event>/register/", register.register_page, name="register"),
    path("events/<slug:event>/register/done/", register.done, name="done"),
    path("events/<slug:event>/register/resend/", register.resend, name="resend"),
    path("events/<slug:event>/register/days.ics", register.days_calendar, name="days_calendar"),
    path("invitations/<str:secret>/", invitation.invitation_page, name="invitation"),
    path("invitations/<str:secret>/opened/", invitation.opened, name="invitation_opened"),
    path("invitations/<str:secret>/decline/", invitation.decline_page, name="decline_invitation"),
    path("events/<slug:event>/register/group/", group.group_form, name="register_group"),
    path("events/<slug:event>/register/group/done/", group.group_done, name="group_done"),
    path("events/<slug:event>/register/erased/", my_data.farewell, {"what": "erased"}, name="erased"),
    path("events/<slug:event>/register/renewed/", my_data.farewell, {"what": "renewed"}, name="renewed"),
    path("registrations/<str:secret>/", mine.mine, name="mine"),
    path("registrations/<str:secret>/edit/", mine.edit, name="edit"),
    path("registrations/<str:secret>/answers/<slug:question>/", mine.answer_file, name="answer_file"),
    path("registrations/<str:secret>/accept/", mine.accept_mine, name="accept"),
    path("registrations/<str:secret>/type/", mine.change_type_page, name="change_type"),
    path("registrations/<str:secret>/cancel/", mine.cancel_page, name="cancel"),
    path("registrations/<str:secret>/resend/", mine.resend_mine, name="resend_mine"),
    path("registrations/<str:secret>/sessions/", sessions.sessions, name="sessions"),
    path("registrations/<str:secret>/sessions/answer/", sessions.answer_session, name="answer_session"),
    path("registrations/<str:secret>/programme/", programme.programme, name="programme"),
    path("registrations/<str:secret>/programme.ics", programme.programme_calendar, name="programme_calendar"),
    path("registrations/<str:secret>/transfer/", transfer.transfer_page, name="transfer"),
    path("registrations/<str:secret>/transfer/take-back/", transfer.take_back_page, name="take_back"),
    path("registrations/<str:secret>/data/", my_data.data_page, name="data"),
    path("registrations/<str:secret>/data.json", my_data.data_file, name="data_file"),
    path("registrations/<str:secret>/erase/", my_data.erase_page, name="erase"),
    path("registrations/<str:secret>/renew/", my_data.renew_page, name="renew"),
    path("registrations/<str:secret>/claim/", group.claim_page, name="claim"),
    path("groups/<str:secret>/", group.group_page, name="group"),
    path("groups/<str:secret>/cancel/<str:code>/", group.group_cancel, name="group_cancel"),
    path("transfers/<str:secret>/", transfer.take_over_page, name="take_over"),
    path("join/<str:secret>/<slug:session>/", join.join, name="join"),
    path("registrations/<str:secret>/calendar.ics", mine.calendar, name="calendar"),
]
