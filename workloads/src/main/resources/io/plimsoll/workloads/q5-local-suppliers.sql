-- Revenue in one region and year where the customer and the supplier are of the same nation.
WITH nations AS (
  SELECT n_nationkey, n_name
  FROM nation
  JOIN region ON r_regionkey = n_regionkey
  WHERE r_name = 'ASIA'
)
SELECT
  n_name AS nation,
  sum(l_extendedprice * (1 - l_discount)) AS revenue
FROM nations
JOIN customer ON c_nationkey = n_nationkey
JOIN orders ON o_custkey = c_custkey
JOIN lineitem ON l_orderkey = o_orderkey
JOIN supplier ON s_suppkey = l_suppkey AND s_nationkey = c_nationkey
WHERE o_orderdate >= DATE '1994-01-01'
  AND o_orderdate < DATE '1995-01-01'
GROUP BY n_name
