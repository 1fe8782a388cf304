"""Clean images of made structures for the recipe denoise-fluo: what microscopes show and few clean photographs have.

Filaments (curves whose direction wanders), walls (edges of Voronoi cells), points, leaves (shapes that hide each other, of all sizes by a
power law: Lee, Mumford and Huang, IJCV 2001; denoisers learn from them: Achddou, Gousseau and Ladjal, SSVM 2021), bodies with texture, and
mixtures of these. All are blurred as by a lens, so that no detail is finer than an optical image has. Needs numpy, scipy.
"""
import numpy
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

SIDE = 384


def grid():
    return numpy.mgrid[0:SIDE, 0:SIDE].astype(numpy.float32)


def filaments(random):
    """Curves of 200 to 600 points, a pixel apart."""
    image = numpy.zeros((SIDE, SIDE), numpy.float32)
    bend = random.uniform(0.01, 0.08)
    for _ in range(random.integers(15, 120)):
        steps = random.integers(200, 600)
        angle = random.uniform(0, 2 * numpy.pi) + numpy.cumsum(bend * random.standard_normal(steps))
        y, x = (random.uniform(0, SIDE) + numpy.cumsum(part) for part in (numpy.sin(angle), numpy.cos(angle)))
        inside = (y >= 0) & (y < SIDE) & (x >= 0) & (x < SIDE)
        numpy.add.at(image, (y[inside].astype(int), x[inside].astype(int)), random.uniform(0.2, 1))
    return gaussian_filter(image, random.uniform(0.8, 2))


def walls(random):
    """Distance to the second nearest centre less that to the nearest is 0 on an edge."""
    centres = random.uniform(-30, SIDE + 30, (random.integers(20, 250), 2))
    near, _ = cKDTree(centres).query(grid().reshape(2, -1).T, k=2)
    return numpy.exp(-((near[:, 1] - near[:, 0]).reshape(SIDE, SIDE) / random.uniform(1.5, 4)) ** 2).astype(numpy.float32)


def points(random):
    image = numpy.zeros((SIDE, SIDE), numpy.float32)
    number = random.integers(30, 1500)
    image[tuple(random.integers(0, SIDE, (2, number)))] = random.exponential(1, number)
    image = gaussian_filter(image, random.uniform(0.9, 2.5))
    return image / image.max()


def leaves(random):
    image, (y, x) = numpy.full((SIDE, SIDE), random.uniform(), numpy.float32), grid()
    for _ in range(400):
        size = 4 * (1 - random.uniform() * (1 - (4 / 150) ** 2)) ** -0.5
        along, across = size * random.uniform(0.5, 1.5), size
        centre, angle = random.uniform(0, SIDE, 2), random.uniform(0, numpy.pi)
        dy, dx = y - centre[0], x - centre[1]
        u, v = dy * numpy.cos(angle) + dx * numpy.sin(angle), dx * numpy.cos(angle) - dy * numpy.sin(angle)
        shape = (u / along) ** 2 + (v / across) ** 2 < 1 if random.uniform() < 0.6 else (abs(u) < along) & (abs(v) < across)
        image[shape] = random.uniform() ** 2
    return gaussian_filter(image, random.uniform(0.7, 1.5))


def bodies(random):
    """Cells or nuclei: soft blobs that hold a texture of one scale."""
    mask = gaussian_filter(random.standard_normal((SIDE, SIDE)), random.uniform(6, 20), mode="wrap")
    mask = 1 / (1 + numpy.exp(-12 * (mask / mask.std() - random.uniform(0, 1.2))))
    texture = gaussian_filter(random.standard_normal((SIDE, SIDE)), random.uniform(1, 4), mode="wrap")
    return gaussian_filter(mask * numpy.exp(random.uniform(0.1, 0.8) * texture / texture.std()), random.uniform(0.7, 1.5)).astype(numpy.float32)


KINDS = {"filaments": filaments, "walls": walls, "points": points, "leaves": leaves, "bodies": bodies}


def mixture(random):
    """Up to three kinds over a ground that is out of focus."""
    image = random.uniform(0, 0.4) * gaussian_filter(random.uniform(size=(SIDE, SIDE)), 40, mode="wrap")
    for name in random.choice(list(KINDS), random.integers(1, 4), replace=False):
        part = KINDS[name](random)
        image = image + random.uniform(0.2, 1) * part / part.max()
    return image


def images(number):
    """Name and pixels (uint16) of so many images, the same each time."""
    kinds = [*KINDS.items(), ("mixture", mixture)]
    for i in range(number):
        name, make = kinds[i % len(kinds)]
        image = make(numpy.random.default_rng(i))
        low, high = image.min(), image.max()
        yield f"made_{name}_{i:03}", numpy.round(1000 + 60000 * (image - low) / (high - low)).astype(numpy.uint16)
