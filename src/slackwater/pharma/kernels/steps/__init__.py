"""Steps of the patterns that the catalogue's models have. Written by `make steps`."""

from typing import Final

NAMES: Final = frozenset(
    {
        "step_10_282c9e06",
        "step_10_6847a582",
        "step_10_f00695fc",
        "step_11_46b61ce7",
        "step_12_80ef54da",
        "step_2_aa4e3e8b",
        "step_3_aa3de23d",
        "step_4_43d5d6a4",
        "step_5_5369a92e",
        "step_5_bd6ef7da",
        "step_5_c1edf0e5",
        "step_6_6d38225c",
        "step_6_9b26a4d1",
        "step_6_c0cb342e",
        "step_6_f5847c06",
        "step_7_0c0b8579",
        "step_7_693672a7",
        "step_7_a48fc28c",
        "step_7_c9f65ecd",
        "step_7_da8786c4",
        "step_8_169847d5",
        "step_8_b9c1ca7c",
        "step_8_d1ce73f3",
        "step_8_dabe4cae",
        "step_8_f2280ce5",
        "step_9_318c8b98",
        "step_9_5bcb3cf9",
        "step_9_6af69463",
        "step_9_d4764427",
        "step_9_eb4c77b7",
    }
)
