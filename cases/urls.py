"""The site map."""

from django.urls import path

from cases.views import exports
from cases.views.administration import audit, error_event, importing, job, letterhead, rule, unit, unit_change, user
from cases.views.casefile import (
    assessment,
    clock,
    court_application,
    employment,
    expungement,
    file,
    group,
    judgment,
    loan,
    need,
    paperwork,
    returnee,
    seal,
    training,
    violation,
    withdrawal,
)
from cases.views.dashboard import overview, overview_list, reoffending
from cases.views.dossier import helper_report
from cases.views.dossier import person as dossier
from cases.views.dossier import unit as unit_forms
from cases.views.people import allocation, arrival, arrival_list, caseload, duplicate, new_file, notice, transfer
from cases.views.periodic import campaign, report, report_document, submission, submission_version
from cases.views.work import activity, draft, duty, employer, home, loan_list, meeting

urlpatterns = [
    # The day: what is due, the quick log, appointments
    path("", home.show, name="home"),
    path("log/", activity.add, name="activity-add"),
    path("log/<int:pk>/", activity.edit, name="activity-edit"),
    path("log/<int:pk>/undo/", activity.undo, name="activity-undo"),
    path("log/<int:pk>/withdraw/", activity.withdraw, name="activity-withdraw"),
    path("appointments/<int:pk>/missed/", activity.mark_missed, name="appointment-missed"),
    path("people/<int:returnee_pk>/snooze/<str:duty>/", duty.snooze, name="duty-snooze"),
    path("snoozes/<int:pk>/lift/", duty.lift, name="snooze-lift"),
    path("drafts/recorded/", draft.show_recorded, name="draft-recorded"),
    # A register as a workbook
    path("import/", importing.show_list, name="import-list"),
    path("import/blank/<slug:kind>/", importing.blank, name="import-blank"),
    path("import/<int:pk>/", importing.show, name="import-detail"),
    path("import/<int:pk>/rows/<int:row>/", importing.edit_row, name="import-row"),
    path("import/<int:pk>/bad-rows/", importing.bad_rows, name="import-bad-rows"),
    # Announced before they come home; released and held by nobody
    path("arrivals/", arrival_list.show_list, name="arrival-list"),
    path("arrivals/sent/", arrival_list.show_sent, name="arrival-sent"),
    path("arrivals/nobody/", arrival_list.nobody, name="arrival-nobody"),
    path("arrivals/add/", notice.add, name="arrival-add"),
    path("people/<int:returnee_pk>/arrival/", arrival.show, name="arrival-detail"),
    path("people/<int:returnee_pk>/arrival/notice/", notice.attach, name="arrival-notice"),
    path("people/<int:returnee_pk>/arrival/answer/<str:kind>/", arrival.answer, name="arrival-answer"),
    path("people/<int:returnee_pk>/arrival/unit/", arrival.assign, name="arrival-assign"),
    path("people/<int:returnee_pk>/arrival/reply/", arrival.reply, name="arrival-reply"),
    # Papers on their way
    path("paperwork/", paperwork.show_list, name="paperwork-list"),
    path("paperwork/<int:pk>/", paperwork.step, name="paperwork-step"),
    path("people/<int:returnee_pk>/paperwork/", paperwork.show_tab, name="returnee-paperwork"),
    path("people/<int:returnee_pk>/paperwork/add/", paperwork.add, name="paperwork-add"),
    # The dossier: its papers, each form as a page and a file; the helper's report
    path("people/<int:returnee_pk>/dossier/", dossier.show_tab, name="returnee-dossier"),
    path("people/<int:returnee_pk>/dossier/<slug:code>/", dossier.show_paper, name="dossier-paper"),
    path("people/<int:returnee_pk>/dossier/<slug:code>/add/", dossier.add_paper, name="dossier-paper-add"),
    path("people/<int:returnee_pk>/helper-report/", helper_report.show, name="helper-report"),
    # The forms of a unit
    path("report/forms/", unit_forms.show_list, name="report-form-list"),
    path("report/forms/<slug:code>/", unit_forms.show_paper, name="report-form"),
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
    path("people/find/", new_file.find, name="returnee-find"),
    path("people/add/", new_file.add, name="returnee-add"),
    path("people/alike/", duplicate.show_list, name="duplicate-list"),
    path("people/sealed/", seal.open_file, name="returnee-unseal"),
    path("people/<int:returnee_pk>/", file.detail, name="returnee-detail"),
    path("people/<int:returnee_pk>/edit/", returnee.edit, name="returnee-edit"),
    path("people/<int:returnee_pk>/present/", returnee.present, name="returnee-present"),
    path("people/<int:returnee_pk>/close/", returnee.close, name="returnee-close"),
    path("people/<int:returnee_pk>/reopen/", returnee.reopen, name="returnee-reopen"),
    path("people/<int:returnee_pk>/withdraw/", returnee.withdraw, name="returnee-withdraw"),
    path("people/<int:returnee_pk>/history/", file.changes, name="returnee-history"),
    # Sentence
    path("people/<int:returnee_pk>/sentence/", judgment.tab, name="returnee-sentence"),
    path("people/<int:returnee_pk>/judgments/add/", judgment.add, name="judgment-add"),
    path("judgments/<int:pk>/", judgment.edit, name="judgment-edit"),
    # The clean record: the clock of a file, evidence, who is due, the rules it is counted by
    path("people/<int:returnee_pk>/clock/", clock.tab, name="returnee-clock"),
    path("people/<int:returnee_pk>/clock/guide/", clock.guide, name="expungement-guide"),
    path("people/<int:returnee_pk>/clock/application/", clock.application, name="expungement-application"),
    path("people/<int:returnee_pk>/clock/evidence/", expungement.add, name="expungement-add"),
    path("people/<int:returnee_pk>/clock/court/", court_application.add, name="court-add"),
    path("court-applications/<int:pk>/refusal/", court_application.answer, name="court-refusal"),
    path("clean-records/", expungement.show_list, name="expungement-list"),
    path("clean-records/<int:pk>/confirm/", expungement.confirm, name="expungement-confirm"),
    path("rules/", rule.show_list, name="rule-list"),
    path("rules/add/", rule.add, name="rule-add"),
    path("rules/forms/add/", rule.add_form_name, name="rule-form-add"),
    path("rules/days/add/", rule.add_day, name="rule-day-add"),
    path("rules/deadlines/add/", rule.add_deadline, name="rule-deadline-add"),
    # Violations
    path("people/<int:returnee_pk>/violations/", violation.tab, name="returnee-violations"),
    path("people/<int:returnee_pk>/violations/add/<str:noun>/", violation.add, name="violation-add"),
    path("administrative-violations/<int:pk>/", violation.edit, name="administrative-edit"),
    path("crimes/<int:pk>/stage/", violation.stage, name="crime-stage"),
    # Needs and assessments
    path("people/<int:returnee_pk>/needs/", need.tab, name="returnee-needs"),
    path("people/<int:returnee_pk>/needs/add/", need.add, name="need-add"),
    path("needs/<int:pk>/", need.state, name="need-state"),
    path("people/<int:returnee_pk>/assessments/add/", assessment.add, name="assessment-add"),
    path("assessments/<int:pk>/approve/", assessment.approve, name="assessment-approve"),
    # Any wrong record of a case
    path("withdraw/<str:noun>/<int:pk>/", withdrawal.withdraw, name="row-withdraw"),
    # Handovers between communes; files that were handed over; caseloads within a commune
    path("transfers/", transfer.show_list, name="transfer-list"),
    path("transfers/request/", transfer.ask, name="transfer-request"),
    path("transfers/<int:pk>/", transfer.detail, name="transfer-detail"),
    path("transfers/<int:pk>/accept/", transfer.accept, name="transfer-accept"),
    path("transfers/<int:pk>/refuse/", transfer.refuse, name="transfer-refuse"),
    path("transfers/<int:pk>/withdraw/", transfer.withdraw, name="transfer-withdraw"),
    path("people/<int:returnee_pk>/transfer/", transfer.add, name="transfer-add"),
    path("people/<int:returnee_pk>/transfers/<int:pk>/sheet/", transfer.sheet, name="transfer-sheet"),
    path("people/<int:returnee_pk>/former/", transfer.show_former, name="returnee-former"),
    path("caseload/", caseload.show_list, name="caseload-list"),
    path("caseload/<int:pk>/", caseload.share, name="caseload-share"),
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
    path("units/find/", unit.find, name="unit-find"),
    path("units/unallocated/", allocation.show_list, name="unit-unallocated"),
    path("units/<int:pk>/allocate/", allocation.allocate, name="unit-allocate"),
    path("units/<int:pk>/", unit.detail, name="unit-detail"),
    path("units/<int:pk>/open/", unit_change.open_below, name="unit-open"),
    path("units/<int:pk>/rename/", unit_change.rename, name="unit-rename"),
    path("units/<int:pk>/move/", unit_change.move, name="unit-move"),
    path("units/<int:pk>/merge/", unit_change.merge, name="unit-merge"),
    path("units/<int:pk>/split/", unit_change.split, name="unit-split"),
    path("units/changes/", unit_change.show_list, name="unit-change-list"),
    path("units/changes/<int:pk>/", unit_change.detail, name="unit-change-detail"),
    path("units/changes/<int:pk>/undo/", unit_change.undo, name="unit-change-undo"),
    path("units/letterhead/", letterhead.check, name="letterhead-check"),
    # The log
    path("log-book/", audit.show_list, name="audit-list"),
    path("errors/", error_event.show_list, name="error-list"),
    path("errors/<int:pk>/", error_event.detail, name="error-detail"),
    # Work that left its request: all of it for the administrator, one's own for everybody
    path("jobs/", job.show_list, name="job-list"),
    path("jobs/<int:pk>/", job.detail, name="job-detail"),
    path("jobs/<int:pk>/file/", exports.fetch, name="job-file"),
    # Reports sent up: a period collected, the figures of each commune, accepted or given back
    path("campaigns/", campaign.show_list, name="campaign-list"),
    path("campaigns/add/", campaign.add, name="campaign-add"),
    path("campaigns/<int:pk>/", campaign.detail, name="campaign-detail"),
    path("submissions/<int:pk>/", submission.detail, name="submission-detail"),
    path("submissions/<int:pk>/docx/", submission_version.download_letter, name="submission-docx"),
    path("submissions/<int:pk>/xlsx/", submission_version.download_workbook, name="submission-xlsx"),
    path("submissions/<int:pk>/list/", submission_version.show_list, name="submission-list"),
    path("submissions/<int:pk>/send/", submission.send, name="submission-send"),
    path("submissions/<int:pk>/accept/", submission.accept, name="submission-accept"),
    path("submissions/<int:pk>/give-back/", submission.give_back, name="submission-give-back"),
    # The overview of a unit, and the list behind each of its measures
    path("overview/", overview.show, name="dashboard-show"),
    path("overview/list/", overview_list.show_list, name="dashboard-list"),
    # The report: figures, the list behind each, who has not been met
    path("report/", report.show, name="report-show"),
    path("report/list/", report.show_list, name="report-list"),
    path("report/silent/", report.show_silent, name="report-silent"),
    # The official report: preview, words, number, figures by hand, the file
    path("report/document/", report_document.show, name="report-document"),
    path("report/document/edit/", report_document.edit, name="report-document-edit"),
    path("report/document/number/", report_document.number, name="report-number"),
    path("report/document/docx/", report_document.download, name="report-docx"),
    path("report/document/figure/", report_document.cell, name="report-cell"),
    path("report/document/figures/<int:pk>/count-again/", report_document.count_again, name="report-cell-withdraw"),
    # Every list as a workbook
    path("excel/<slug:name>/", exports.download, name="list-export"),
    path("report/reoffending/", reoffending.show, name="reoffending-show"),
    path("report/reoffending/list/", reoffending.show_list, name="reoffending-list"),
]
