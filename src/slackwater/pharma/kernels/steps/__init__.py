"""Steps of the patterns that the catalogue's models have. Written by `make steps`."""

from typing import Final

NAMES: Final = frozenset(
    {
        "step_4_43d5d6a4",
        "step_5_5369a92e",
        "step_5_bd6ef7da",
        "step_6_9b26a4d1",
        "step_6_c0cb342e",
        "step_6_f5847c06",
        "step_7_0c0b8579",
        "step_7_a48fc28c",
        "step_7_c9f65ecd",
        "step_7_da8786c4",
        "step_8_169847d5",
        "step_8_b9c1ca7c",
        "step_8_d1ce73f3",
        "step_8_f2280ce5",
        "step_9_318c8b98",
        "step_9_6af69463",
    }
)
