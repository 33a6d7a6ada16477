"""What is typed when a product is stocked, and when containers come in."""

from typing import Any

from django import forms

from slackwater.actions.stock.products import LONGEST_CODE, MOST_AT_ONCE, Delivery, stocked
from slackwater.records.models import Product as ProductRow
from slackwater.rules.stock.product import Form, Product
from slackwater.rules.stock.scan import Scanned, read_scan
from slackwater.terms import amounts
from slackwater.terms.drug import Drug
from slackwater.units import ug_from_ul
from slackwater.web.shared.forms import DayField, NumberText, PlainForm

_LONGEST_NAME = 80
_LONGEST_SCAN = 120


class ProductForm(PlainForm):
    """One drug in one form, strength and size, as its label has it."""

    name = forms.CharField(label="Name on the label", max_length=_LONGEST_NAME)
    drug = forms.ChoiceField(
        label="Drug", choices=[(one.value, one.label) for one in Drug], widget=forms.RadioSelect
    )
    form = forms.ChoiceField(
        label="Form", choices=[(one.value, one.label) for one in Form], widget=forms.RadioSelect
    )
    strength = forms.CharField(
        label="Of a vial: mg in one mL (optional)", required=False, widget=NumberText()
    )
    volume = forms.CharField(label="Of a vial: mL in it (optional)", required=False, widget=NumberText())
    content = forms.CharField(
        label="Of a device or lozenge: mg in one (optional)", required=False, widget=NumberText()
    )
    code = forms.CharField(
        label="Code on one of them",
        max_length=_LONGEST_SCAN,
        help_text="Scan it, or type the product's number below it. A scan in the room is compared with this.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    product: Product
    gtin: str

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        form = Form(found["form"])
        code = self.read("code", lambda text: read_scan(text, field="code"))
        sizes = self._sizes(form)
        if code is None or sizes is None:
            return found
        self.gtin = code.gtin
        content, strength, volume = sizes
        self.product = Product(
            name=found["name"].strip(),
            drug=Drug(found["drug"]),
            form=form,
            content_ug=content,
            strength_ug_ml=strength,
            volume_ul=volume,
        )
        return found

    def _sizes(self, form: Form) -> tuple[int, int, int] | None:
        """Content, strength and volume; the last two are 0 where it is no liquid."""
        if not form.is_liquid:
            content = self.read("content", lambda text: amounts.read_mg_as_ug(text, field="content"))
            return None if content is None else (content, 0, 0)
        strength = self.read("strength", lambda text: amounts.read_mg_as_ug(text, field="strength"))
        volume = self.read("volume", lambda text: amounts.read_ml_as_ul(text, field="volume"))
        if strength is None or volume is None:
            return None
        try:
            held = ug_from_ul(volume, ug_ml=strength)
        except ValueError:
            self.add_error("volume", "That volume holds no whole number of micrograms. Read the label again.")
            return None
        return held, strength, volume


class ReceiveForm(PlainForm):
    """Containers that came in together. A scanned code says product, lot, last day and serial number."""

    code = forms.CharField(
        label="Code on one of them",
        max_length=_LONGEST_SCAN,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    lot = forms.CharField(
        label="Lot (optional where the code says it)", required=False, max_length=LONGEST_CODE
    )
    expiry = DayField(label="Last day (where the code does not say it)")
    count = forms.CharField(label="How many of this lot", initial="1", widget=NumberText(whole=True))

    delivery: Delivery

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code: Scanned | None = None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        code = self.read("code", lambda text: read_scan(text, field="code")) if "code" in found else None
        if code is None:
            return found
        if code.expiry is not None and "expiry" in self.errors and not self._typed_a_day():
            del self.errors["expiry"]
        count = self.read(
            "count", lambda text: amounts.read_int(text, field="count", low=1, high=MOST_AT_ONCE)
        )
        product = ProductRow.objects.filter(gtin=code.gtin).first() if code.gtin else None
        if product is None or not stocked().filter(pk=product.pk).exists():
            self.add_error("code", "No product with this code is stocked. Stock the product first.")
        lot = found.get("lot", "").strip()
        if code.lot and lot and lot != code.lot:
            self.add_error("lot", f"The code says lot {code.lot}. Read the label again.")
        expiry = code.expiry or found.get("expiry")
        if self.errors or product is None or count is None or expiry is None:
            return found
        if found.get("expiry") and found["expiry"] != expiry:
            self.add_error("expiry", f"The code says {expiry.isoformat()}. Read the label again.")
            return found
        self.delivery = Delivery(
            product=product, lot=code.lot or lot, expiry=expiry, count=count, serial=code.serial
        )
        return found

    def _typed_a_day(self) -> bool:
        parts = ("day", "month", "year")
        return any(str(self.data.get(f"expiry_{part}", "")).strip() for part in parts)
