"""JAX in float64: vmap over people of one matrix exponential and a scan over the minutes."""

import jax
import jax.numpy as jnp
from jax.scipy.linalg import expm
from w1_matrix import BOLUS_MG, BOLUSES_AT, INFUSION_MIN, INFUSION_RATE, N_STEPS, NAMES, NASAL_MG, entries

jax.config.update("jax_enable_x64", True)  # noqa: FBT003  # JAX's own way of saying it


def one(theta):
    p = dict(zip(NAMES, theta, strict=True))
    A = jnp.zeros((9, 9))
    for to, state, rate in entries(p):
        A = A.at[to, state].set(rate)
    phi = expm(A)
    x = jnp.zeros(9).at[0].set(NASAL_MG * p["FN"]).at[1].set(NASAL_MG * p["FG"]).at[8].set(INFUSION_RATE)

    def step(x, minute):
        x = phi @ x
        x = x.at[2].add(jnp.where((minute == BOLUSES_AT[0]) | (minute == BOLUSES_AT[1]), BOLUS_MG, 0.0))
        x = x.at[8].set(jnp.where(minute >= INFUSION_MIN, 0.0, x[8]))
        return x, put_out(x, p)

    _, rows = jax.lax.scan(step, x, jnp.arange(1, N_STEPS + 1))
    return jnp.concatenate([put_out(x, p)[None], rows])


def put_out(x, p):
    return jnp.stack([x[2] / p["V1"], x[5] / p["VM1"], x[7]])


def prepared(theta):
    solve = jax.jit(jax.vmap(one))
    people = jnp.asarray(theta)
    return lambda: solve(people).block_until_ready(), f"JAX {jax.__version__}, vmap(expm + scan), float64"
