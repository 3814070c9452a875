-- The twenty customers whose returned parts of one quarter cost most revenue.
WITH returned AS (
  SELECT o_custkey, sum(l_extendedprice * (1 - l_discount)) AS revenue
  FROM orders
  JOIN lineitem ON l_orderkey = o_orderkey
  WHERE o_orderdate >= DATE '1993-10-01'
    AND o_orderdate < DATE '1994-01-01'
    AND l_returnflag = 'R'
  GROUP BY o_custkey
)
SELECT
  c_custkey AS customer_key,
  c_name AS customer,
  revenue,
  c_acctbal AS balance,
  n_name AS nation,
  c_address AS address,
  c_phone AS phone,
  c_comment AS comment
FROM returned
JOIN customer ON c_custkey = o_custkey
JOIN nation ON n_nationkey = c_nationkey
ORDER BY revenue DESC, customer_key
LIMIT 20
