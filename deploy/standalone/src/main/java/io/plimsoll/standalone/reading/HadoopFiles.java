// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.reading;

import io.plimsoll.standalone.stack.ProblemException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files of HDFS, S3 and whatever else Hadoop's client reads, by that client when it is on the class
 * path. Reached by reflection: Plimsoll neither brings it nor is compiled against it.
 */
final class HadoopFiles {
  private static final Pattern REMOTE = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");
  private static final int MOST_FILES = 1_000_000;

  private final Object fileSystem;
  private final Object root;

  /** One file, and when it was last written, in epoch milliseconds. */
  record File(String path, long bytes, long writtenMillis) {}

  private HadoopFiles(Object fileSystem, Object root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** Whether the name has a scheme that the local file system does not know. */
  static boolean isRemote(String name) {
    return REMOTE.matcher(name).matches() && !name.startsWith("file:");
  }

  /**
   * The files at an address.
   *
   * @throws ProblemException when Hadoop's client is not there
   * @throws IOException with Hadoop's own words
   */
  static HadoopFiles at(String address) throws IOException {
    try {
      Class<?> configuration = Class.forName("org.apache.hadoop.conf.Configuration");
      Class<?> system = Class.forName("org.apache.hadoop.fs.FileSystem");
      Object settings = configuration.getConstructor().newInstance();
      Object root = path(address);
      URI uri = (URI) root.getClass().getMethod("toUri").invoke(root);
      return new HadoopFiles(
          system.getMethod("get", URI.class, configuration).invoke(null, uri, settings), root);
    } catch (ClassNotFoundException e) {
      throw new ProblemException(
          address
              + " needs Hadoop's client, which is not on the class path; run with"
              + " PLIMSOLL_CLASSPATH=\"$(hadoop classpath)\", or copy the logs here first"
              + " (hdfs dfs -get)",
          e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw said(address, e);
    }
  }

  /** All files below the address, or the one that it names. */
  List<File> list() throws IOException {
    List<File> files = new ArrayList<>();
    try {
      Object statuses =
          method("listFiles", path("/").getClass(), boolean.class).invoke(fileSystem, root, true);
      Class<?> iterator = Class.forName("org.apache.hadoop.fs.RemoteIterator");
      Class<?> status = Class.forName("org.apache.hadoop.fs.FileStatus");
      while (files.size() < MOST_FILES
          && (boolean) iterator.getMethod("hasNext").invoke(statuses)) {
        Object file = iterator.getMethod("next").invoke(statuses);
        files.add(
            new File(
                String.valueOf(status.getMethod("getPath").invoke(file)),
                (long) status.getMethod("getLen").invoke(file),
                (long) status.getMethod("getModificationTime").invoke(file)));
      }
    } catch (ReflectiveOperationException e) {
      throw said(root.toString(), e);
    }
    return files;
  }

  /** Copies a file here. */
  void copy(File file, Path to) throws IOException {
    try {
      Class<?> type = path("/").getClass();
      method("copyToLocalFile", boolean.class, type, type, boolean.class)
          .invoke(fileSystem, false, path(file.path()), path(to.toUri().toString()), true);
    } catch (ReflectiveOperationException e) {
      throw said(file.path(), e);
    }
  }

  private static Method method(String name, Class<?>... types) throws ReflectiveOperationException {
    return Class.forName("org.apache.hadoop.fs.FileSystem").getMethod(name, types);
  }

  private static Object path(String text) throws ReflectiveOperationException {
    return Class.forName("org.apache.hadoop.fs.Path")
        .getConstructor(String.class)
        .newInstance(text);
  }

  private static IOException said(String address, Throwable e) {
    Throwable cause =
        e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
    String words = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "cannot be read by Hadoop's client: "
            + cause.getClass().getSimpleName()
            + ": "
            + words
            + " ("
            + address
            + ")",
        cause);
  }
}
