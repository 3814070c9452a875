-- What was shipped, by return flag and line status, up to 90 days before the last possible day.
SELECT
  l_returnflag AS return_flag,
  l_linestatus AS line_status,
  sum(l_quantity) AS quantity,
  sum(l_extendedprice) AS list_price,
  sum(l_extendedprice * (1 - l_discount)) AS net_price,
  sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) AS charged_price,
  avg(l_quantity) AS mean_quantity,
  avg(l_extendedprice) AS mean_price,
  avg(l_discount) AS mean_discount,
  count(*) AS line_count
FROM lineitem
WHERE l_shipdate <= DATE '1998-09-02'
GROUP BY l_returnflag, l_linestatus
