package org.biodl.ij1.batch;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.biodl.BioDL;
import org.biodl.ij1.Problems;
import org.biodl.ij1.StatusBar;
import org.biodl.image.NetworkImages;
import org.biodl.image.ObjectTable;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.run.DefaultModel;
import org.biodl.run.FolderOptions;
import org.biodl.run.ImageFolder;
import org.biodl.run.ImageOptions;
import org.biodl.run.NetworkOptions;
import org.biodl.run.OpenModels;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** The same done with each image of a folder. One that fails does not keep the others from being done. */
final class FolderRun
{
    private static final String TABLE = "objects.csv";
    private static final int MOST_NAMED = 10;

    private final Verb _verb;
    private final Settings _settings;
    private final ImageFolder _folder;
    private final ResultsTable _table = new ResultsTable();
    private final List<String> _failures = new ArrayList<>();
    private int _done;

    /** @param settings of FolderOptions.with(verb) */
    FolderRun(Settings settings)
    {
        _verb = FolderOptions.verb(settings);
        _settings = settings.has(NetworkOptions.RESULT) ? settings.with(NetworkOptions.RESULT, NetworkOptions.NEW_IMAGE) : settings;
        _folder = ImageFolder.of(settings);
        _table.showRowNumbers(false);
        _table.setPrecision(4);
    }

    /**
     * Do it.
     *
     * @throws BioDLException naming the images that failed, when the others are done; or when the user cancelled
     */
    void run(StatusBar progress)
    {
        String table = _verb == Verb.SEGMENT ? new File(_folder.getResults(), TABLE).getPath() : null;
        ResultFiles shared = new ResultFiles(_settings, Collections.emptyList(), table);
        List<File> files = _folder.getFiles();
        boolean cancelled = false;
        for (int i = 0; i < files.size() && !cancelled; i++)
            cancelled = !progress.begin(i, files.size(), files.get(i).getName()) || !one(files.get(i), progress);
        if (_done > 0)
            shared.write(table, part -> _table.saveAs(part.getPath()));
        IJ.log("BioDL: " + _done + " of " + files.size() + " images done, results in " + _folder.getResults());
        for (String failure : _failures)
            IJ.log("BioDL: " + failure);
        if (cancelled)
            throw new BioDLException(BioDLException.CANCELLED, "Cancelled after " + _done + " of " + files.size() + " images.", "");
        if (!_failures.isEmpty())
            throw failed(files.size());
        IJ.showStatus("BioDL: " + _done + (_done == 1 ? " image done" : " images done"));
    }

    /** @return false when the user cancelled */
    private boolean one(File file, StatusBar progress)
    {
        ImagePlus image = null;
        try
        {
            image = ImageFiles.open(file);
            if (_verb == Verb.SEGMENT)
                segment(file, image, progress);
            else
                network(file, image, progress);
            _done++;
        }
        catch (RuntimeException | OutOfMemoryError e)
        {
            if (e instanceof BioDLException && ((BioDLException) e).isCancelled())
                return false;
            _failures.add(_folder.name(file) + ": " + Problems.text(e).replace('\n', ' '));
        }
        finally
        {
            if (image != null)
                image.flush();
        }
        return true;
    }

    private void segment(File file, ImagePlus image, StatusBar progress)
    {
        String labels = path(SegmentOptions.wantsLabels(_settings), file, _verb.getSuffix() + ".tif");
        String rois = path(SegmentOptions.wantsRois(_settings), file, "-rois.zip");
        String probability = path(_settings.isOn(SegmentOptions.PROBABILITY_MAP), file, "-probability.tif");
        String distances = path(_settings.isOn(SegmentOptions.DISTANCE_MAP), file, "-distances.tif");
        ResultFiles files = new ResultFiles(_settings, Collections.singletonList(image), labels, rois, probability, distances);
        Segmentation found = BioDL.segment(image, _settings, progress);
        files.write(labels, found.getLabels());
        files.write(rois, found.getRois());
        Iterator<ImagePlus> maps = found.getMaps().iterator();
        for (String path : new String[] { probability, distances })
            if (path != null)
                files.write(path, maps.next());
        ObjectTable.append(_table, found.getTable());
        tell(file, found.getAccount().getWarnings());
    }

    private void network(File file, ImagePlus image, StatusBar progress)
    {
        String suffix = _verb.getSuffix().isEmpty() ? "-result" : _verb.getSuffix();
        String model = DefaultModel.in(_settings, _verb, null).require(ImageOptions.MODEL);
        List<String> outputs = OpenModels.open(model).outputs().stream().map(output -> output.name)
            .collect(Collectors.toList());
        String[] paths = ResultFiles.several(path(true, file, suffix + ".tif"), outputs);
        ResultFiles files = new ResultFiles(_settings, Collections.singletonList(image), paths);
        NetworkImages made = BioDL.run(_verb, Collections.singletonList(image), _settings, progress);
        for (int i = 0; i < made.getImages().size(); i++)
            files.write(paths[i], made.getImages().get(i));
        tell(file, made.getAccount().getWarnings());
    }

    /** @return null where it is not wanted */
    private String path(boolean wanted, File file, String suffix)
    {
        return wanted ? _folder.result(file, suffix).getPath() : null;
    }

    private void tell(File file, List<String> warnings)
    {
        for (String warning : warnings)
            IJ.log("BioDL: " + _folder.name(file) + ": " + warning);
    }

    private BioDLException failed(int all)
    {
        int named = Math.min(MOST_NAMED, _failures.size());
        return new BioDLException(BioDLException.HOST, _failures.size() + " of " + all + " images failed:\n"
            + String.join("\n", _failures.subList(0, named)) + (named < _failures.size() ? "\n..." : ""), "The log names all of them.");
    }
}
