"""tantivy's fuzzy terms: as written, then one edit, then two."""

import tantivy

EDITS = 2


def _schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    return builder.build()


def build(names, folder):
    writer = tantivy.Index(_schema(), path=str(folder)).writer(128_000_000, 1)
    for name in names:
        writer.add_document(tantivy.Document(key=name.key))
    writer.commit()
    writer.wait_merging_threads()


def load(folder):
    index = tantivy.Index(_schema(), path=str(folder))
    return index.schema, index.searcher()


def _nearest(opened, query, limit):
    schema, searcher = opened
    found = []
    for edits in range(EDITS + 1):
        near = (
            tantivy.Query.fuzzy_term_query(schema, "key", query, edits)
            if edits
            else tantivy.Query.term_query(schema, "key", query)
        )
        for _, address in searcher.search(near, limit).hits:
            key = searcher.doc(address)["key"][0]
            if key not in found:
                found.append(key)
        if len(found) >= limit:
            break
    return found[:limit]


def one(opened, query):
    return next(iter(_nearest(opened, query, 1)), None)


def top(opened, queries, limit):
    return [_nearest(opened, query, limit) for query in queries]
