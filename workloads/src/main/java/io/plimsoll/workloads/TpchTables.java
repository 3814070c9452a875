// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.workloads;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The eight TPC-H tables as Spark rows: money as DECIMAL(12,2), days as DATE. */
final class TpchTables {
  private static final int CENT_DIGITS = 2;
  private static final int MONEY_DIGITS = 12;

  private TpchTables() {}

  static List<String> names() {
    return TpchTable.getTables().stream().map(TpchTable::getTableName).toList();
  }

  static StructType schema(String table) {
    return DataTypes.createStructType(
        TpchTable.getTable(table).getColumns().stream().map(TpchTables::field).toList());
  }

  /** The rows of one of the table's equal parts, counted from 1; made while they are read. */
  static Iterator<Row> rows(String table, double scale, int part, int parts) {
    return rows(TpchTable.getTable(table), scale, part, parts);
  }

  private static <E extends TpchEntity> Iterator<Row> rows(
      TpchTable<E> table, double scale, int part, int parts) {
    List<TpchColumn<E>> columns = table.getColumns();
    return StreamSupport.stream(table.createGenerator(scale, part, parts).spliterator(), false)
        .map(entity -> row(columns, entity))
        .iterator();
  }

  private static <E extends TpchEntity> Row row(List<TpchColumn<E>> columns, E entity) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columns.get(i), entity);
    }
    return RowFactory.create(values);
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E entity) {
    return switch (column.getType().getBase()) {
      case INTEGER -> column.getInteger(entity);
      case IDENTIFIER -> column.getIdentifier(entity);
      case DATE -> LocalDate.ofEpochDay(column.getDate(entity));
      case DOUBLE ->
          BigDecimal.valueOf(column.getDouble(entity))
              .setScale(CENT_DIGITS, RoundingMode.HALF_EVEN);
      case VARCHAR -> column.getString(entity);
    };
  }

  private static StructField field(TpchColumn<?> column) {
    return DataTypes.createStructField(column.getColumnName(), type(column.getType()), false);
  }

  private static DataType type(TpchColumnType type) {
    return switch (type.getBase()) {
      case INTEGER -> DataTypes.IntegerType;
      case IDENTIFIER -> DataTypes.LongType;
      case DATE -> DataTypes.DateType;
      case DOUBLE -> DataTypes.createDecimalType(MONEY_DIGITS, CENT_DIGITS);
      case VARCHAR -> DataTypes.StringType;
    };
  }
}
