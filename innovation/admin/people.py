"""Those who sign in."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.utils.translation import gettext_lazy as _

from innovation.admin.base import PartInline
from innovation.models import Membership, User


class EmailInSmallLetters:
    def clean_email(self):
        """The name people sign in with; the case that someone typed must not keep them out."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Someone with this e-mail address exists already."))
        return email


class NewUserForm(EmailInSmallLetters, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")
        # The name that belongs to the password below, for those that keep passwords.
        widgets = {"email": AdminEmailInputWidget({"autocomplete": "username"})}


class ChangedUserForm(EmailInSmallLetters, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"
        field_classes = {}


class MembershipInline(PartInline):
    model = Membership
    fields = (("organisation", "role"),)
    classes = ()


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = NewUserForm
    form = ChangedUserForm
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("What they may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("When"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "is_staff",
                    "groups",
                ),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    list_display = ("email", "name", "is_staff", "is_superuser", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups", "memberships__role")
    search_fields = ("email", "name", "memberships__organisation__name_sv")
    ordering = ("email",)

    def get_readonly_fields(self, request, obj=None):
        """Who isn't an administrator makes nobody one, whatever permissions they were given."""
        if request.user.is_superuser:
            return self.readonly_fields
        return (*self.readonly_fields, "is_superuser", "groups")

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)
