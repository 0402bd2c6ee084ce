"""The 5+1 as a grid: who of the forces has not met whom for how long."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.reports.people import force_grid
from cases.reports.people.force_grid import LONG, SOON, Cell
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.people import forces_asked

TONES = {  # of each state of a cell its tone and its icon; the words stand beside them
    Cell.RECENT: ("leaf", "check-circle"),
    Cell.SOON: ("amber", "clock"),
    Cell.LONG: ("brick", "exclamation-triangle"),
    Cell.NEVER: ("amber", "person-x"),
    Cell.NOT_HELPING: ("plain", "dash-circle"),
}

TITLE = _("Contacts of the 5+1, force by force")


@gate(Permission.CASE_VIEW)
def show_list(request):
    """Nobody is named to the whole country: there the forces stand in the overview, in figures."""
    if request.user.sees_everything:
        return pages.show_of_country(request, TITLE)
    form, people = forces_asked(request)
    page = pages.paginate(request, people)
    forces, rows = force_grid.grid(page, pages.today())
    context = {
        "title": TITLE,
        "form": form,
        "force": form.chosen[1],
        "page_obj": page,
        "forces": forces,
        "rows": [
            {"row": row, "cells": [(cell, *TONES.get(cell.state, ("", ""))) for cell in row.cells]} for row in rows
        ],
        "soon": SOON,
        "long": LONG,
        "several_units": not request.user.unit.is_commune,
    }
    return render(request, "force_grid/list.html", context)
