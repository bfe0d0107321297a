"""A new password for staff who forgot theirs, by a mail through the outbox.

Differs from Django's own in two ways. The mail is stored with the request and sent by the worker,
with the site's own address (never the request's Host). And the link only opens a page: Django's
view writes the token to the session on a GET, while mail scanners fetch links.
"""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import forms, views
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from innovation import outbox

# Pressing again within this time sends no second mail.
ONE_MAIL_PER_SECONDS = 600


class AskForm(forms.PasswordResetForm):
    def get_users(self, email):
        return (user for user in super().get_users(email) if user.is_staff)

    @transaction.atomic
    def save(self, **kwargs):
        for user in self.get_users(self.cleaned_data["email"]):
            link = reverse(
                "admin:password_reset_choose",
                kwargs={
                    "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
                    "token": default_token_generator.make_token(user),
                },
            )
            window = int(timezone.now().timestamp()) // ONE_MAIL_PER_SECONDS
            outbox.send_mail(
                to=user.email,
                subject=_("Choose a new password for %(site)s") % {"site": settings.SITE_NAME},
                text=render_to_string(
                    "admin/password_reset/mail.txt",
                    {
                        "link": f"{settings.SITE_URL}{link}",
                        "user": user,
                        "site": settings.SITE_NAME,
                        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
                    },
                ),
                dedupe_key=f"password-reset:{user.pk}:{window}",
            )


class OurContext:
    """The admin's own header, without what only someone signed in may see."""

    def get_context_data(self, **kwargs):
        context = admin.site.each_context(self.request)
        return super().get_context_data(**{**context, **kwargs})


class AskView(OurContext, views.PasswordResetView):
    form_class = AskForm
    template_name = "admin/password_reset/ask.html"
    success_url = reverse_lazy("admin:password_reset_sent")
    title = gettext_lazy("Forgotten password")


class SentView(OurContext, views.PasswordResetDoneView):
    template_name = "admin/password_reset/sent.html"
    title = gettext_lazy("Look in your inbox")


class ChooseView(OurContext, views.PasswordResetConfirmView):
    template_name = "admin/password_reset/choose.html"
    success_url = reverse_lazy("admin:password_reset_done")
    title = gettext_lazy("Choose a new password")

    @method_decorator(sensitive_post_parameters())
    @method_decorator(never_cache)
    def dispatch(self, *args, uidb64, token, **kwargs):
        self.user = self.get_user(uidb64)
        self.validlink = self.user is not None and self.token_generator.check_token(
            self.user, token
        )
        if self.validlink:
            response = FormView.dispatch(self, *args, **kwargs)
        else:
            response = self.render_to_response(self.get_context_data(), status=404)
        # The token stands in the address: no page that is opened from here may learn it.
        response["Referrer-Policy"] = "no-referrer"
        return response

    def form_valid(self, form):
        form.save()
        return FormView.form_valid(self, form)


class DoneView(OurContext, views.PasswordResetCompleteView):
    template_name = "admin/password_reset/done.html"
    title = gettext_lazy("Your new password is saved")
