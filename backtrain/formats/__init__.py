"""Django's named formats: English as this site always had it, the others by what English has.

Numbers of German, Spanish and French are as Django has them.
"""
