package org.biodl.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.biodl.jni.RunReport;
import org.biodl.jni.RunResult;

/** How a run went, the same for all verbs: device, times, warnings, provenance. */
public final class Account
{
    private final String _device;
    private final String _deviceName;
    private final String _times;
    private final double _milliseconds;
    private final String _provenance;
    private final List<String> _warnings = new ArrayList<>();

    private Account(String device, String deviceName, String times, double milliseconds, String provenance)
    {
        _device = device;
        _deviceName = deviceName;
        _times = times;
        _milliseconds = milliseconds;
        _provenance = provenance;
    }

    /**
     * @param result of the network
     * @param source what only the caller knows of the image: a JSON object
     * @param notes warnings of the caller's own
     */
    public static Account of(RunResult result, String source, List<String> notes)
    {
        String times = String.format(Locale.ROOT, "prepare %.1f, statistics %.1f, read %.1f, network %.1f, write %.1f, total %.1f ms",
            result.prepareMs,
            result.statisticsMs, result.readMs, result.networkMs, result.writeMs, result.totalMs);
        Account account = new Account(result.device, result.deviceName, times, result.totalMs, withSource(result.provenance, source));
        account._warnings.addAll(result.warnings);
        account._warnings.addAll(notes);
        return account;
    }

    /**
     * @param report of a segmentation
     * @param source what only the caller knows of the image: a JSON object
     * @param renderMs how long drawing the label image took
     */
    public static Account of(RunReport report, String source, double renderMs)
    {
        String times = String.format(Locale.ROOT,
            "prepare %.1f, read %.1f, normalise %.1f, network %.1f, candidates %.1f, suppression %.1f, render %.1f, total %.1f ms",
            report.prepareMs,
            report.readMs, report.normalizeMs, report.networkMs, report.candidatesMs, report.suppressMs, renderMs, report.totalMs
            + renderMs);
        Account account = new Account(report.device, report.deviceName, times, report.totalMs + renderMs,
            withSource(report.provenance, source));
        if (!report.warnings.isEmpty())
            account._warnings.addAll(Arrays.asList(report.warnings.split("\n")));
        return account;
    }

    /** @return id of the device that ran, such as "cpu" or "cuda:0" */
    public String getDevice()
    {
        return _device;
    }

    /** @return name of the device that ran */
    public String getDeviceName()
    {
        return _deviceName;
    }

    /** @return milliseconds of each stage in one line, "total" last */
    public String getTimes()
    {
        return _times;
    }

    /** @return of the whole run */
    public double getMilliseconds()
    {
        return _milliseconds;
    }

    /** @return JSON: model, hash, options as they took effect, statistics, tiles and why, device, versions, source */
    public String getProvenance()
    {
        return _provenance;
    }

    /** @return what the user should know */
    public List<String> getWarnings()
    {
        return Collections.unmodifiableList(_warnings);
    }

    private static String withSource(String provenance, String source)
    {
        int end = provenance.lastIndexOf('}');
        return end < 0 ? provenance : provenance.substring(0, end) + ",\"source\":" + source + "}";
    }
}
