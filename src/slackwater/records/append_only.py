"""Triggers that refuse what must never be done, whoever asks: a second lock behind the code.

Entries, audit events, weighings, marks and what a clinic decides are only ever added. A signed order is
never edited, only voided, once.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.backends.utils import CursorWrapper

ONLY_ADDED = (
    "records_entry", "records_auditevent", "records_weight", "records_installation", "records_marking",
    "records_forecastmark", "records_signdefault", "records_agreementline", "records_callline",
    "records_product", "records_productretired", "records_container", "records_ledgerline",
    "records_stockcount", "records_caseline",
    "records_kitcheckline", "records_report", "records_reportline", "records_accountline",
    "records_medicineline", "records_interactionaside",
    "records_dosecheck", "records_dosecaseline",
    "records_intakeline", "records_findingaside", "records_course", "records_courseend",
    "records_rulesignature", "records_ownnumber",
)  # fmt: skip
NEVER_DELETED = (*ONLY_ADDED, "records_order", "records_session", "records_patient")
ORDER_AS_SIGNED = (
    "public_id", "patient_id", "prescriber_id", "drug", "route", "dose_ug", "duration_s", "booster_ug",
    "booster_earliest_s", "booster_latest_s", "hard_max_ug", "weight_g", "age_years", "sex", "medicines",
    "model", "seed", "subjects", "findings", "overrides", "signed_at", "version_hash",
    "wish_tenths", "wish_permille", "too_deep_tenths", "too_deep_permille", "ceiling_mmhg",
    "ceiling_permille", "closing_s", "closing_permille", "fresh_reason",
)  # fmt: skip
ORDER_VOIDED = ("voided_at", "voided_by_id", "void_reason")

_FUNCTION = """
CREATE OR REPLACE FUNCTION slackwater_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed in this way', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def create(connection: "BaseDatabaseWrapper") -> None:
    """Put every trigger in place; those already there stay, and tables yet to be made are passed by."""
    with connection.cursor() as cursor:
        made = set(connection.introspection.table_names(cursor))
        columns = _columns(connection, cursor, "records_order") if "records_order" in made else set()
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, table, event, condition in _triggers(connection.vendor, columns):
            if table not in made:
                continue
            for statement in _statements(connection.vendor, name, table, event, condition):
                cursor.execute(statement)


def drop(connection: "BaseDatabaseWrapper") -> None:
    """Take every trigger away. Only a test that empties its own database has a use for this."""
    with connection.cursor() as cursor:
        for name, table, _event, _condition in _triggers(connection.vendor, set(ORDER_AS_SIGNED)):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def in_migration(_apps: object, editor: "BaseDatabaseSchemaEditor") -> None:
    """`create`, as a migration calls it."""
    create(editor.connection)


def _columns(connection: "BaseDatabaseWrapper", cursor: "CursorWrapper", table: str) -> set[str]:
    return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _triggers(vendor: str, order_columns: set[str]) -> list[tuple[str, str, str, str]]:
    """Name, table, event and condition of each.

    order_columns: those that an order has by now; an early migration has not made them all
    """
    signed = [column for column in ORDER_AS_SIGNED if column in order_columns]
    found = [(f"{table}_stays", table, "UPDATE", "") for table in ONLY_ADDED]
    found += [(f"{table}_is_kept", table, "DELETE", "") for table in NEVER_DELETED]
    found.append(("records_order_is_signed", "records_order", f"UPDATE OF {', '.join(signed)}", ""))
    found.append(
        (
            "records_order_voided_once",
            "records_order",
            f"UPDATE OF {', '.join(ORDER_VOIDED)}",
            "WHEN (OLD.voided_at IS NOT NULL)",
        )
    )
    if vendor == "postgresql":
        found += [(f"{table}_not_emptied", table, "TRUNCATE", "") for table in NEVER_DELETED]
    return found


def _statements(vendor: str, name: str, table: str, event: str, condition: str) -> list[str]:
    if vendor == "postgresql":
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        fire = f"BEFORE {event} ON {table} FOR EACH {each} {condition} EXECUTE FUNCTION slackwater_refuse()"
        return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"CREATE TRIGGER {name} {fire}"]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is never changed in this way'); END"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} FOR EACH ROW {condition} {refuse}"
    ]
