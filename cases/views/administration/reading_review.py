"""The monthly page of unusual readings: a chief's of the own unit, for those above of each unit below; signed."""

import re
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.reading_review import ReadingReviewForm
from cases.models import ReadingReview, Unit
from cases.reports.administration import reading_review
from cases.views import pages
from cases.views.gate import gate

MONTHS = 24  # so long the log is kept at least


def crumbs(*more):
    return [
        {"label": _("Log"), "url": reverse("audit-list")},
        {"label": _("Unusual readings"), "url": reverse("reading-review-list") if more else ""},
        *({"label": label, "url": ""} for label in more),
    ]


@gate(Permission.READING_REVIEW)
def show_list(request):
    """A chief's months; for those above, `?month=` of all units below, with who has signed."""
    user, on = request.user, pages.today()
    reviews = ReadingReview.objects.visible_to(user).select_related("signed_by")
    context = {"title": _("Unusual readings"), "crumbs": crumbs(), "last": reading_review.last_month(on)}
    if user.is_chief:
        months = reading_review.months(on)
        signed = {(row.month, row.is_above): row for row in reviews.filter(unit=user.unit, month__in=months)}
        told = [(month, user.unit, signed.get((month, False)), signed.get((month, True))) for month in months]
        return render(request, "reading_review/list.html", {**context, "rows": told})
    month = read_month(request.GET.get("month", ""), on) or reading_review.last_month(on)
    units = Unit.objects.visible_to(user).on(on).exclude(pk=user.unit.pk).order_by("path", "pk")
    page = pages.paginate(request, units)
    signed = {(row.unit_id, row.is_above): row for row in reviews.filter(unit__in=list(page.object_list), month=month)}
    told = [(month, unit, signed.get((unit.pk, False)), signed.get((unit.pk, True))) for unit in page.object_list]
    context |= {"rows": told, "page_obj": page, "month": month, "months": reading_review.months(on)}
    return render(request, "reading_review/list.html", context)


def read_month(typed, on):
    """The first day of a month written 2026-10, of the last two years and no later than `on`; else None."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", typed, re.ASCII)
    month = found and date(int(found[1]), int(found[2]), 1)
    return month if month in reading_review.months(on, MONTHS) else None


def find_unit(user, pk):
    """A chief's own unit; for those above one below."""
    unit = get_object_or_404(Unit.objects.visible_to(user), pk=pk)
    if (unit.pk == user.unit.pk) != user.is_chief:
        raise Http404
    return unit


@gate(Permission.READING_REVIEW, "GET", "POST")
def show(request, pk, month):
    user, on = request.user, pages.today()
    unit, first = find_unit(user, pk), read_month(month, on)
    if first is None:
        raise Http404
    is_above = not user.is_chief
    lines = reading_review.lines(unit, first, None if is_above else user)
    form = ReadingReviewForm(pages.bound_data(request), lines=lines, user=user, on=on)
    if pages.is_sent(request, form):
        try:
            actions.reading_review.sign(
                unit=unit,
                month=first,
                is_above=is_above,
                lines=form.said(),
                remark=form.cleaned_data["remark"],
                on=on,
                by=user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Signed."))
            return redirect("reading-review-list")
    signed = list(ReadingReview.objects.visible_to(user).filter(unit=unit, month=first).select_related("signed_by"))
    mine = next((row for row in signed if row.is_above == is_above), None)
    said = {f"{line['kind']}_{line['reader']}": line.get("remark", "") for line in mine.lines} if mine else {}
    title = _("Unusual readings of %(month)s") % {"month": f"{first:%m/%Y}"}
    context = {
        "title": title,
        "crumbs": crumbs(title),
        "unit": unit,
        "rows": [(line, form[line.key], said.get(line.key, "")) for line in lines],
        "form": form,
        "signed": signed,
        "mine": mine,
        "is_above": is_above,
        "is_over": first <= reading_review.last_month(on),
        "rules": reading_review.rules(),
    }
    return render(request, "reading_review/detail.html", context)
