"""The honest opponent: the model of laboratory/million.toml as one numba loop over flat arrays of machine words.

It has the same arrivals, returns, sizes, loyalty, inviting, redemptions, roundings and exits, and keeps no books: no
legs but sums, no debts, no checks, no rule that is not needed by this one model. Must not be added: anything slower.
"""

import heapq
import math
import sys
import time

import numpy as np
from numba import njit

DAYS, PER_DAY, EVERY, STORES, RECRUITERS = 100, 10_000, 5.0, 1_000, 100
MEDIAN, SIGMA, LOYALTY, INVITED, REDEEMERS, HAZARD = 10_000.0, 0.8, 0.5, 0.6, 0.3, 0.01
PPM = 1_000_000
# As much of an order as the plan lets a store give: it makes for many exits.
TAKE = 500_000


@njit(cache=False)
def share(amount, ppm):
    return amount * ppm // PPM


@njit(cache=False)
def run(days, per_day, seed):
    np.random.seed(seed)
    members = days * per_day
    points = np.zeros(members, np.int64)
    earned = np.zeros(members, np.int64)
    spent = np.zeros(members, np.int64)
    total_spent = np.zeros(members, np.int64)
    received = np.zeros(members, np.int64)
    wallet = np.zeros(members, np.int64)
    inviter = np.full(members, -1, np.int32)
    home = np.zeros(members, np.int32)
    queued = np.zeros(members, np.float64)
    store = np.zeros(STORES, np.int64)
    owner = np.zeros(STORES, np.int64)
    recruiter = np.zeros(RECRUITERS, np.int64)
    agents = np.zeros(3, np.int64)
    redeemers = np.zeros(members, np.int32)
    redeemer_count = 0
    platform = 0
    # Micro-points; pool in fen.
    pool, supply = 0, 0
    heap = [(0.0, 0)]
    heap.clear()
    trajectory = np.zeros((days, 4), np.float64)
    orders, exits, redemptions, turnover, joined = 0, 0, 0, 0, 0
    for day in range(days):
        new, returning = per_day, np.random.poisson(joined / EVERY)
        for _ in range(per_day + returning):
            if new > 0 and (returning <= 0 or joined == 0 or np.random.random() * (new + returning) < new):
                new -= 1
                member = joined
                home[member] = np.random.randint(STORES)
                if joined > 0 and np.random.random() < INVITED:
                    chosen = np.random.randint(joined)
                    above = inviter[chosen]
                    inviter[member] = above if above >= 0 and np.random.random() < 0.5 else chosen
                joined += 1
                if np.random.random() < REDEEMERS:
                    redeemers[redeemer_count] = member
                    redeemer_count += 1
                shop = home[member]
            else:
                returning -= 1
                member = np.random.randint(joined)
                shop = home[member] if np.random.random() < LOYALTY else np.random.randint(STORES)
            amount = max(1, int(MEDIAN * math.exp(SIGMA * np.random.normal()) + 0.5))
            orders += 1
            turnover += amount
            total_spent[member] += amount
            take = -(-amount * TAKE // PPM)
            store[shop] += amount - take
            claimed = 0
            direct = inviter[member]
            if direct >= 0:
                part = share(amount, 3_000)
                wallet[direct] += part
                claimed += part
                indirect = inviter[direct]
                part = share(amount, 2_000)
                if indirect >= 0:
                    wallet[indirect] += part
                else:
                    owner[home[direct]] += part
                claimed += part
            else:
                part = share(amount, 3_000)
                owner[home[member]] += part
                claimed += part
            part = share(amount, 5_000)
            recruiter[shop % RECRUITERS] += part
            claimed += part
            for level in range(3):
                part = share(amount, 1_000)
                agents[level] += part
                claimed += part
            profit = share(amount, 20_000) + share(amount, 20_000) - claimed
            platform += profit
            inflow = take - claimed - profit
            value = share(inflow, 700_000)
            minted = value * 10_000 if supply == 0 else int(float(value) * (supply / pool))
            pool += inflow
            supply += minted
            points[member] += minted
            earned[member] += minted
            spent[member] += min(amount, inflow * PPM // (TAKE - 40_000))
            if earned[member] > 0:
                target = spent[member] / earned[member]
                if queued[member] == 0.0 or target < queued[member]:
                    queued[member] = target
                    heapq.heappush(heap, (target, member))
            while len(heap) > 0 and supply > 0 and heap[0][0] <= pool / supply:
                filed, leaver = heapq.heappop(heap)
                if queued[leaver] != filed:
                    continue
                queued[leaver] = 0.0
                if points[leaver] == 0 or earned[leaver] == 0:
                    continue
                target = spent[leaver] / earned[leaver]
                if target > pool / supply:
                    queued[leaver] = target
                    heapq.heappush(heap, (target, leaver))
                    continue
                worth = min(points[leaver] * (pool / supply), points[leaver] * target)
                payout = int(worth * 0.8)
                pool -= payout
                supply -= points[leaver]
                received[leaver] += payout
                points[leaver] = 0
                earned[leaver] = 0
                spent[leaver] = 0
                exits += 1
        for _ in range(np.random.poisson(redeemer_count * HAZARD)):
            member = redeemers[np.random.randint(redeemer_count)]
            payout = int(points[member] * (pool / supply) * 0.8)
            if payout > 0:
                pool -= payout
                supply -= points[member]
                received[member] += payout
                points[member] = 0
                redemptions += 1
        trajectory[day, 0] = orders
        trajectory[day, 1] = pool
        trajectory[day, 2] = supply
        trajectory[day, 3] = exits
    redeemable = points * (pool / supply) * 0.8
    returned = (received + redeemable) / total_spent
    return orders, exits, redemptions, pool, turnover, joined, np.median(returned)


def main():
    run(2, 10, 1)
    seconds = []
    for _ in range(4):
        start = time.perf_counter()
        figures = run(DAYS, PER_DAY, 1)
        seconds.append(time.perf_counter() - start)
    median = sorted(seconds[1:])[1]
    orders, exits, redemptions, pool, turnover, joined, _ = figures
    print(
        f"numba      {joined:>10} members {orders:>10} orders {exits:>8} exits {redemptions:>8} redemptions  "
        f"{median:>6.2f} s  {orders / median:>10.0f} orders/s on one core"
    )
    print(f"           pool {pool / 100:.2f} of turnover {turnover / 100:.2f}; keeps no books")


if __name__ == "__main__":
    sys.exit(main())
