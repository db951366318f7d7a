"""Labels of totals."""

from __future__ import annotations

import pytest

from singleout.identifiers.total_words import Total, total_of

LABELS = {
    Total.GRAND: ["Grand Total", "Overall total", "Total général", "الإجمالي العام"],
    Total.TOTAL: [
        "Total", "TOTAL:", "Total 2022", "2022 Total", "Officers total", "Cyfanswm", "Iomlán",
        "Iomlan", "Gesamt", "Insgesamt", "Summe", "Suma", "Ogółem", "Razem", "المجموع", "合计",
        "总数", "合计人数",
    ],
    Total.PART: ["Sub-total", "Subtotal", "Sub total", "Sous-total", "Zwischensumme", "小计"],
    Total.MAYBE: ["All", "All staff", "Both sexes", "Persons", "Ensemble", "Pawb"],
    Total.NO: ["Sergeant", "Totally", "Allerdale", "Female", "", "Totteridge", "Gesamtschule"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "kind"), [(label, kind) for kind, labels in LABELS.items() for label in labels]
)
def test_labels(label: str, kind: Total) -> None:
    assert total_of(label) is kind
