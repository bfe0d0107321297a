"""What the models of the catalogue share: publishing, kept slugs, languages, source."""

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from innovation.choices import PositionX, PositionY, Visibility
from innovation.models.media import picture_path
from innovation.pictures import PictureField
from innovation.querysets import PublishableQuerySet
from innovation.uploads import validate_picture

slug_validator = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    _("Use small letters a–z, figures and single hyphens, such as lugna-bussen."),
)


def slug_field(**kwargs):
    """The last part of an address. Changing it is safe: the old address keeps redirecting."""
    return models.CharField(
        _("address"),
        max_length=120,
        unique=True,
        validators=[slug_validator],
        help_text=_(
            "The last part of the page's address. If you change it, the old address "
            "keeps leading here."
        ),
        **kwargs,
    )


class SlugRedirect(models.Model):
    """A slug that something once had; its old address leads to the row that had it."""

    model = models.CharField(max_length=60)
    old_slug = models.CharField(max_length=120)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.UniqueConstraint(fields=["model", "old_slug"], name="one_owner_per_old_slug")
        ]

    def __str__(self):
        return f"{self.model}: {self.old_slug}"


class KeepsOldSlugs(models.Model):
    """Remembers every slug that a row has had (written by `save()`, not by `update()`)."""

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        old = getattr(self, "_loaded_slug", None)
        if old and old != self.slug:
            SlugRedirect.objects.update_or_create(
                model=self._meta.model_name, old_slug=old, defaults={"object_id": self.pk}
            )
        self._loaded_slug = self.slug

    @classmethod
    def from_db(cls, db, field_names, values):
        instance = super().from_db(db, field_names, values)
        instance._loaded_slug = instance.__dict__.get("slug")
        return instance


class Publishable(models.Model):
    """Something that is written, reviewed, published and withdrawn."""

    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility, default=Visibility.DRAFT
    )
    is_example = models.BooleanField(
        _("invented example"),
        default=False,
        help_text=_("Marked as an example, and left out of every number, list, feed and export."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    # Raised by every save in the admin, so that two editors don't overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(visibility=Visibility.PUBLISHED)
                | models.Q(published_at__isnull=False),
                name="%(class)s_published_has_date",
            )
        ]

    def save(self, *args, **kwargs):
        if self.is_published and self.published_at is None:
            self.published_at = timezone.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "published_at"}
        super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.visibility == Visibility.PUBLISHED


class Sourced(models.Model):
    """Where a fact comes from, and which of its fields were concluded and not stated."""

    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    source_url_exact = models.BooleanField(
        _("the address is the page itself"),
        default=True,
        help_text=_("Untick when only the site is known, not the page."),
    )
    source_ref = models.CharField(_("source in words"), max_length=300, blank=True)
    # Shape: ["status", "sectors", …]: names of fields whose value no source states.
    inferred_fields = models.JSONField(
        _("concluded by us"),
        default=list,
        blank=True,
        help_text=_("Fields whose value no source states. They are marked where they are shown."),
    )

    class Meta:
        abstract = True

    def is_inferred(self, field: str) -> bool:
        return field in self.inferred_fields


class Contact(models.Model):
    """Personal data: a function or a name and a work e-mail, public only with its owner."""

    function_sv = models.CharField(_("function or name (Swedish)"), max_length=200)
    function_en = models.CharField(_("function or name (English)"), max_length=200, blank=True)
    email = models.EmailField(_("work e-mail"), blank=True)
    notified_on = models.DateField(
        _("informed on"),
        null=True,
        blank=True,
        help_text=_("The day the person was told that the address stands here, and why."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.function_sv


class WebLink(models.Model):
    title_sv = models.CharField(_("title (Swedish)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return self.title_sv


class Picture(models.Model):
    """Who made a picture, how it may be used, and until when."""

    alt_sv = models.CharField(
        _("picture in words (Swedish)"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for those who don't see it."),
    )
    alt_en = models.CharField(_("picture in words (English)"), max_length=300, blank=True)
    creator = models.CharField(_("made by"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    shows_people = models.BooleanField(_("people can be recognised"), default=False)
    consent_reference = models.CharField(_("consent, reference"), max_length=200, blank=True)
    consent_expires_on = models.DateField(
        _("consent runs out"),
        null=True,
        blank=True,
        help_text=_("After this day the picture is not shown."),
    )

    class Meta:
        abstract = True

    @property
    def is_showable(self) -> bool:
        return self.consent_expires_on is None or self.consent_expires_on >= timezone.localdate()


class CoverPhoto(Picture):
    """A photograph in place of the drawn cover."""

    cover_photo = PictureField(
        _("photograph"),
        upload_to=picture_path,
        max_length=300,
        blank=True,
        width_field="cover_width",
        height_field="cover_height",
        validators=[validate_picture],
        help_text=_("Takes the place of the drawing. At least 1600 pixels wide."),
    )
    cover_width = models.PositiveIntegerField(null=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, editable=False)
    position_x = models.CharField(
        _("keep in view, sideways"), max_length=6, choices=PositionX, default=PositionX.CENTER
    )
    position_y = models.CharField(
        _("keep in view, height"), max_length=6, choices=PositionY, default=PositionY.CENTER
    )

    class Meta:
        abstract = True


class HasAddress(models.Model):
    """Rows with a page of their own: `page_name` is the name of its URL."""

    page_name: str

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return reverse(f"innovation:{self.page_name}", kwargs={"slug": self.slug})
