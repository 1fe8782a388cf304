# SPDX-License-Identifier: MIT
"""BioDL in napari: segment, restore, stain, run, train and manage models.

The widgets are in `widgets`, which alone knows napari and magicgui; `layers`, `tasks`, `preview` and `work` are functions of arrays, layer
data tuples and `biodl`, and can be used without a window.
"""
