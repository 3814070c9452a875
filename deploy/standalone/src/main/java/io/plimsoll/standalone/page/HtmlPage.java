// SPDX-License-Identifier: Apache-2.0
// Copyright The Plimsoll Authors
package io.plimsoll.standalone.page;

import io.plimsoll.standalone.reading.AnalyzedRun;
import io.plimsoll.standalone.reading.Folder;
import io.plimsoll.standalone.terminal.Amount;
import java.util.List;

/** Runs as one page that needs nothing but itself. */
public final class HtmlPage {
  private HtmlPage() {}

  /**
   * The page of one run, or of many by their jobs.
   *
   * @param folder all runs
   * @param currency of the prices
   * @param runs those that are shown whole, in the order in which they are to be read
   */
  public static String of(Folder folder, String currency, List<AnalyzedRun> runs) {
    boolean isOne = folder.runs() == 1 && folder.unreadable().isEmpty();
    return isOne
        ? page(runs.get(0).job(), "", runs)
        : page(
            Amount.counted(folder.runs(), "run"),
            new FolderHead(folder, currency).html(runs.size()),
            runs);
  }

  private static String page(String title, String head, List<AnalyzedRun> runs) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">")
        .append("<meta name=\"color-scheme\" content=\"light dark\"><title>Plimsoll: ")
        .append(new Markup().text(title))
        .append("</title><style>\n")
        .append(Style.CSS)
        .append("</style></head><body>\n")
        .append(head);
    for (AnalyzedRun run : runs) {
      page.append(new RunArticle(run).html()).append('\n');
    }
    return page.append("</body></html>\n").toString();
  }
}
