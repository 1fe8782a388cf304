package org.biodl.image;

import ij.ImagePlus;
import java.awt.Rectangle;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.biodl.jni.Library;
import org.biodl.jni.ModelInfo;
import org.biodl.run.Account;
import org.biodl.run.Settings;

/** What only the plugin knows of a run: which image, planes and selection; and the note in a result of how it was made. */
final class Provenance
{
    private final List<ImageSource> _sources;
    private final List<int[]> _channels;
    private final Region _region;
    private final ModelInfo _model;
    private final Settings _settings;

    /**
     * @param sources one for each input of the model
     * @param channels 0-based channels that each input saw, null for all
     * @param region what was selected
     * @param model what ran
     * @param settings what was chosen
     */
    Provenance(List<ImageSource> sources, List<int[]> channels, Region region, ModelInfo model, Settings settings)
    {
        _sources = sources;
        _channels = channels;
        _region = region;
        _model = model;
        _settings = ImageSource.exact(settings, sources, channels);
    }

    Region region()
    {
        return _region;
    }

    ModelInfo model()
    {
        return _model;
    }

    Settings settings()
    {
        return _settings;
    }

    /** @return JSON: title, channels, slices and frames from 1, selection (null for none); titles and channels of further inputs */
    String source()
    {
        ImageSource first = _sources.get(0);
        String further = IntStream.range(1, _sources.size()).mapToObj(i -> "{\"title\":" + quoted(_sources.get(i).title)
            + ",\"channels\":" + channels(i) + "}")
            .collect(Collectors.joining(","));
        return "{\"title\":" + quoted(first.title) + ",\"channels\":" + channels(0) + ",\"slices\":"
            + range(first.planes.firstSlice, first.planes.slices)
            + ",\"frames\":" + range(first.planes.firstFrame, first.planes.frames) + ",\"selection\":" + selection()
            + (further.isEmpty() ? "" : ",\"further\":[" + further + "]") + "}";
    }

    /** Image > Show Info lists it, TIFF files keep it, macros read it with Property.get. */
    void write(ImagePlus image, Account account)
    {
        Library.Version version = Library.version();
        image.setProp("BioDL.source", _sources.stream().map(source -> source.title).collect(Collectors.joining(", ")));
        image.setProp("BioDL.account", sentence(account));
        image.setProp("BioDL.model", _model.name);
        image.setProp("BioDL.model_id", _model.id);
        image.setProp("BioDL.model_version", _model.version);
        image.setProp("BioDL.model_format", _model.format);
        image.setProp("BioDL.weights_format", _model.weightsFormat);
        image.setProp("BioDL.model_source", _model.source);
        image.setProp("BioDL.model_sha256", _model.sha256);
        image.setProp("BioDL.options", _settings.toMacro());
        image.setProp("BioDL.version", version.version + " (" + version.build + ")");
        image.setProp("BioDL.onnxruntime", version.runtimeVersion);
        image.setProp("BioDL.device", account.getDevice());
        image.setProp("BioDL.device_name", account.getDeviceName());
        image.setProp("BioDL.details", account.getProvenance());
        image.setProp("BioDL.times", account.getTimes());
        if (!account.getWarnings().isEmpty())
            image.setProp("BioDL.warnings", String.join(" ", account.getWarnings()));
    }

    /** What Show Info tells in words: exact channel, slice and frame, model, device, time, limits. */
    private String sentence(Account account)
    {
        String from = IntStream.range(0, _sources.size()).mapToObj(this::planes).collect(Collectors.joining(" and "));
        String limit = _region.isWhole() ? "" : ", " + _region.text();
        return "made of " + from + limit + ", by " + _model.name + (_model.version.isEmpty() ? "" : " " + _model.version) + " in "
            + Math.round(account.getMilliseconds()) / 1000.0 + " s on " + account.getDeviceName();
    }

    private String planes(int input)
    {
        ImageSource source = _sources.get(input);
        int[] chosen = _channels.get(input);
        List<String> names = source.channelNames();
        String channels = chosen == null ? names.size() == 1 ? "" : ", all " + names.size() + " channels" : ", channel "
            + IntStream.of(chosen).mapToObj(c -> c + 1 + (names.get(c).isEmpty() ? "" : " (" + names.get(c) + ")"))
                .collect(Collectors.joining(", ")) + " of " + names.size();
        return "'" + source.title + "'" + channels + source.planes.text();
    }

    private String channels(int input)
    {
        int[] channels = _channels.get(input);
        return channels == null ? range(1, _sources.get(input).logicalChannels())
            : IntStream.of(channels).mapToObj(channel -> Integer.toString(channel + 1)).collect(Collectors.joining(",", "[", "]"));
    }

    private String selection()
    {
        Rectangle r = _region.bounds;
        if (_region.isWhole())
            return "null";
        return "{\"shape\":" + (_region.mask == null ? "\"rectangle\"" : "\"mask\"") + ",\"x\":" + r.x + ",\"y\":" + r.y + ",\"width\":"
            + r.width
            + ",\"height\":" + r.height + "}";
    }

    private static String range(int first, int count)
    {
        return IntStream.range(first, first + count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    static String quoted(String text)
    {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray())
            json.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        return json.append('"').toString();
    }
}
