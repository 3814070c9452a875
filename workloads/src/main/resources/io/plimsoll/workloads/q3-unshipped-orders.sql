-- The ten unshipped orders of one market segment that are worth most.
SELECT
  o_orderkey AS order_key,
  sum(l_extendedprice * (1 - l_discount)) AS revenue,
  o_orderdate AS order_date,
  o_shippriority AS ship_priority
FROM customer
JOIN orders ON o_custkey = c_custkey
JOIN lineitem ON l_orderkey = o_orderkey
WHERE c_mktsegment = 'BUILDING'
  AND o_orderdate < DATE '1995-03-15'
  AND l_shipdate > DATE '1995-03-15'
GROUP BY o_orderkey, o_orderdate, o_shippriority
ORDER BY revenue DESC, order_date, order_key
LIMIT 10
