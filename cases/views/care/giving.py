"""By what right data of a person is given: what a form shows that gives it to an employer or a helper."""

from django.urls import reverse

from cases.models import Consent
from cases.views import pages


def grounds_for(request, returnee, *purposes):
    """For the template `consent/_standing.html`: the records for these purposes that hold today, and where they are."""
    found = Consent.objects.visible_to(request.user).filter(returnee=returnee)
    url = reverse("returnee-consents", args=[returnee.pk])
    return {"consents": found.standing(pages.today(), *purposes), "consents_url": url}
