"""TF-IDF of letter trigrams and the top of a sparse product."""

import pickle

from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

LEAST = 0.3  # cosine; as pg_trgm has it for its likeness


def build(names, folder):
    keys = [name.key for name in names]
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 3), lowercase=False, dtype="float32"
    )
    matrix = vectorizer.fit_transform(keys).T.tocsr()
    sparse.save_npz(folder / "matrix.npz", matrix, compressed=False)
    (folder / "vectorizer.pickle").write_bytes(pickle.dumps((vectorizer, keys)))


def load(folder):
    vectorizer, keys = pickle.loads((folder / "vectorizer.pickle").read_bytes())
    return vectorizer, keys, sparse.load_npz(folder / "matrix.npz")


def top(opened, queries, limit):
    vectorizer, keys, matrix = opened
    found = sp_matmul_topn(
        vectorizer.transform(queries), matrix, limit, threshold=LEAST, sort=True
    )
    ends = found.indptr
    return [
        [keys[at] for at in found.indices[ends[row] : ends[row + 1]]]
        for row in range(len(queries))
    ]


def many(opened, queries):
    return [next(iter(keys), None) for keys in top(opened, queries, 1)]


def one(opened, query):
    return many(opened, [query])[0]
