"""tmp deeds of a script and names here now"""
def deeds_of(sim, script): return list(script)
def names_of(sim): 
    return {m.tab:m.name for m in sim._people if m.tab}
