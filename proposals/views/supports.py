from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.http import PersonRequest
from proposals.forms import ScopeForm
from proposals.supports import support_forest


@require_GET
def support_tree(request: PersonRequest) -> HttpResponse:
    form = ScopeForm(request.GET)
    scope = form.cleaned_data["scope"] if form.is_valid() else ""
    forest = support_forest(request.user, request.roles, scope=scope)
    return render(request, "proposals/support_tree.html", {"form": form, "forest": forest})
