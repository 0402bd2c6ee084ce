"""The site map."""

from django.urls import path

from cases.views import (
    activity,
    assessment,
    audit,
    case_file,
    clock,
    duty,
    employer,
    employment,
    expungement,
    group,
    home,
    judgment,
    loan,
    loan_list,
    meeting,
    need,
    paperwork,
    report,
    returnee,
    rule,
    training,
    unit,
    user,
    violation,
    withdrawal,
)

urlpatterns = [
    # The day: what is due, the quick log, appointments
    path("", home.show, name="home"),
    path("log/", activity.add, name="activity-add"),
    path("log/<int:pk>/", activity.edit, name="activity-edit"),
    path("log/<int:pk>/undo/", activity.undo, name="activity-undo"),
    path("log/<int:pk>/withdraw/", activity.withdraw, name="activity-withdraw"),
    path("appointments/<int:pk>/missed/", activity.missed, name="appointment-missed"),
    path("people/<int:returnee_pk>/snooze/<str:duty>/", duty.snooze, name="duty-snooze"),
    # Papers on their way
    path("paperwork/", paperwork.show_list, name="paperwork-list"),
    path("paperwork/<int:pk>/", paperwork.step, name="paperwork-step"),
    path("people/<int:returnee_pk>/paperwork/", paperwork.show_tab, name="returnee-paperwork"),
    path("people/<int:returnee_pk>/paperwork/add/", paperwork.add, name="paperwork-add"),
    # Employers
    path("employers/", employer.show_list, name="employer-list"),
    path("employers/add/", employer.add, name="employer-add"),
    path("employers/<int:pk>/", employer.show, name="employer-detail"),
    path("employers/<int:pk>/edit/", employer.edit, name="employer-edit"),
    # Work of a person: referrals, courses, loans
    path("people/<int:returnee_pk>/jobs/", employment.show_tab, name="returnee-work"),
    path("people/<int:returnee_pk>/jobs/refer/", employment.refer, name="referral-add"),
    path("referrals/<int:pk>/", employment.outcome, name="referral-outcome"),
    path("referrals/<int:pk>/check/<int:day>/", employment.check, name="referral-check"),
    path("people/<int:returnee_pk>/training/add/", training.add, name="training-add"),
    path("training/<int:pk>/", training.edit, name="training-edit"),
    path("people/<int:returnee_pk>/loans/add/", loan.add, name="loan-add"),
    path("loans/list/", loan_list.show, name="loan-list"),
    path("loans/<int:pk>/", loan.answer, name="loan-pay-out"),
    # The 5+1 group
    path("people/<int:returnee_pk>/group/", group.show_tab, name="returnee-group"),
    path("people/<int:returnee_pk>/group/form/", group.form_group, name="group-form"),
    path("groups/<int:pk>/members/add/", group.add_member, name="group-member-add"),
    path("groups/<int:pk>/lead/", group.change_lead, name="group-lead"),
    path("members/<int:pk>/end/", group.end_member, name="group-member-end"),
    # Group meetings
    path("meetings/", meeting.show_list, name="meeting-list"),
    path("meetings/add/", meeting.add, name="meeting-add"),
    path("meetings/<int:pk>/", meeting.show, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meeting.edit, name="meeting-edit"),
    # People: the list, search before create, the case file and its steps
    path("people/", returnee.index, name="returnee-list"),
    path("people/find/", returnee.find, name="returnee-find"),
    path("people/add/", returnee.add, name="returnee-add"),
    path("people/<int:returnee_pk>/", case_file.detail, name="returnee-detail"),
    path("people/<int:returnee_pk>/edit/", returnee.edit, name="returnee-edit"),
    path("people/<int:returnee_pk>/present/", returnee.present, name="returnee-present"),
    path("people/<int:returnee_pk>/close/", returnee.close, name="returnee-close"),
    path("people/<int:returnee_pk>/reopen/", returnee.reopen, name="returnee-reopen"),
    path("people/<int:returnee_pk>/withdraw/", returnee.withdraw, name="returnee-withdraw"),
    path("people/<int:returnee_pk>/history/", case_file.changes, name="returnee-history"),
    # Sentence
    path("people/<int:returnee_pk>/sentence/", judgment.tab, name="returnee-sentence"),
    path("people/<int:returnee_pk>/judgments/add/", judgment.add, name="judgment-add"),
    path("judgments/<int:pk>/", judgment.edit, name="judgment-edit"),
    # The clean record: the clock of a file, evidence, who is due, the rules it is counted by
    path("people/<int:returnee_pk>/clock/", clock.tab, name="returnee-clock"),
    path("people/<int:returnee_pk>/clock/guide/", clock.guide, name="expungement-guide"),
    path("people/<int:returnee_pk>/clock/application/", clock.application, name="expungement-application"),
    path("people/<int:returnee_pk>/clock/evidence/", expungement.add, name="expungement-add"),
    path("clean-records/", expungement.show_list, name="expungement-list"),
    path("clean-records/<int:pk>/confirm/", expungement.confirm, name="expungement-confirm"),
    path("rules/", rule.show_list, name="rule-list"),
    path("rules/add/", rule.add, name="rule-add"),
    # Violations
    path("people/<int:returnee_pk>/violations/", violation.tab, name="returnee-violations"),
    path("people/<int:returnee_pk>/violations/add/<str:noun>/", violation.add, name="violation-add"),
    path("crimes/<int:pk>/stage/", violation.stage, name="crime-stage"),
    # Needs and assessments
    path("people/<int:returnee_pk>/needs/", need.tab, name="returnee-needs"),
    path("people/<int:returnee_pk>/needs/add/", need.add, name="need-add"),
    path("needs/<int:pk>/", need.state, name="need-state"),
    path("people/<int:returnee_pk>/assessments/add/", assessment.add, name="assessment-add"),
    path("assessments/<int:pk>/approve/", assessment.approve, name="assessment-approve"),
    # Any wrong record of a case
    path("withdraw/<str:noun>/<int:pk>/", withdrawal.withdraw, name="row-withdraw"),
    # Accounts and postings
    path("users/", user.show_list, name="user-list"),
    path("users/add/", user.add, name="user-add"),
    path("users/<int:pk>/", user.detail, name="user-detail"),
    path("users/<int:pk>/edit/", user.edit, name="user-edit"),
    path("users/<int:pk>/reset/", user.reset, name="user-reset"),
    path("users/<int:pk>/appoint/", user.appoint, name="user-appoint"),
    path("users/<int:pk>/deactivate/", user.deactivate, name="user-deactivate"),
    path("users/<int:pk>/activate/", user.activate, name="user-activate"),
    path("users/<int:pk>/hand-over/", user.hand_over, name="user-hand-over"),
    # Units
    path("units/", unit.show_list, name="unit-list"),
    path("units/<int:pk>/", unit.detail, name="unit-detail"),
    # The log
    path("log-book/", audit.show_list, name="audit-list"),
    # The report: figures, the list behind each, who has not been met
    path("report/", report.show, name="report-show"),
    path("report/list/", report.show_list, name="report-list"),
    path("report/silent/", report.show_silent, name="report-silent"),
]
