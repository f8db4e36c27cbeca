"""Pictures of exercises: one mannequin, posed by data and drawn as SVG. No Django here.

``poses`` reads fixtures/figures, ``skeleton`` finds where every joint is, ``body`` puts flesh on
it, ``muscles`` colours what works, ``equipment`` builds what is held or leant on, ``outline`` turns
solid shapes into smooth curves, and ``drawing`` puts the parts in order.
"""
