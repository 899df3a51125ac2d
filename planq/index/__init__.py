"""Compiled plans and the search in them: store, segmenter, query language, ranking.

Opening:

    from planq.index.cache import open_cache
    store = open_cache(name, key, build, segmenter=None)
        # one plan: `name` its id or path, `key` a hash of what it was made from (text + outline),
        # `build()` -> Plan is called only when the cache has to be made. store.notice: a line for
        # stderr when the folder could not be used. store.progress(what, share), where one is set,
        # is called while indexing.
    from planq.index.store import Store
    store = Store.open_library(path)        # many plans; the file appears with the first add
    store = Store.in_memory([plan, …])      # for a text that is searched once

Reading: `store.plan_ids()`, `store.infos()`, `store.load_plan(id) -> model.Plan`. A fresh cache
holds the tree only; the first `search` (or `store.ready()`) adds the index, which loads jieba.
Changing a library: `store.add(plan)`, `store.replace(plan)`, `store.remove(id)`, each one
transaction; `planq.index.bulk.add_many(store, jobs)` uses several processes.

Searching:

    from planq.index.search import search
    results = search(store, query, plans=None, within=(), scope="block", kinds=(),
                     sort="relevance", limit=None, word=False, words=False, any=False,
                     fixed=False, regex=False)
    results.hits      # list[Hit]: id kind path page page_exact score text matches source plan
    results.matches, results.blocks         # totals over everything, whatever the limit
    results.by("chapter" | "section" | "plan")   # list[Count]; the last row is the total
    results.suggestions()                   # lines for stderr when nothing was found

Errors are planq.errors.QueryError (`planq.index.query.caret(error)` shows where), AddressError and
StoreError. Nothing here loads jieba but indexing and `words=True`.
"""
