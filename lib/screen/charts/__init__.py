"""Each chart is one module, from the figures to the Altair drawing: `frame` makes its rows, `chart` draws them.

A drawing is a function of its rows: nothing here queries the store, and only `frame`s and titles are translated.
"""
