package org.biodl.ij1.models;

import ij.IJ;
import ij.WindowManager;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.GridLayout;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.concurrent.ExecutorService;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.KeyStroke;
import org.biodl.ij1.Place;
import org.biodl.ij1.SettingsDialog;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Verification;
import org.biodl.run.ImageOptions;
import org.biodl.run.Verb;

/** The window of "BioDL Models...": a table of models, what the selected one says of itself, and what can be done with it. */
final class ModelsWindow extends JFrame
{
    private static final String TITLE = "BioDL Models";
    /** The one that is open, or null. Used on the event thread. */
    private static ModelsWindow _open;

    private final ModelsFoot _foot = new ModelsFoot(this::cancel);
    private final ModelsWork _work = new ModelsWork(_foot, this::update);
    private final ExecutorService _lists = ModelsWork.threads("BioDL model list", 4);
    private final ExecutorService _pictures = ModelsWork.threads("BioDL model picture", 2);
    private final ModelsDetails _details = new ModelsDetails(_pictures);
    private final ModelsList _list = new ModelsList(_foot, _lists, this::selected);
    private final JButton _file = button("Install from File...", () -> installFrom(ModelsQuestions.file(this)));
    private final JButton _folder = button("Install from Folder...", () -> installFrom(ModelsQuestions.folder(this)));
    private final JButton _url = button("Install from URL...", this::installUrl);
    private final JButton _refresh = button("Refresh", () -> _list.reload(null));
    private final JButton _install = button("Install", () -> install(_list.selected().id, ""));
    private final JButton _run = button("Run on Current Image", this::runOnImage);
    private final JButton _verify = button("Verify", this::verify);
    private final JButton _remove = button("Remove...", this::remove);
    private final JButton _libtorch = button("Install libtorch", this::installLibtorch);
    private final JButton _cite = button("Copy Citation", this::cite);
    private CatalogueEntry _shown;

    private ModelsWindow()
    {
        super(TITLE);
        JSplitPane middle = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, over(_list, _file, _folder, _url, _refresh, _libtorch),
            over(_details, _install, _run, _verify, _remove, _cite));
        _libtorch.setToolTipText("Models whose weights are TorchScript run on it (128 MB to download)");
        middle.setResizeWeight(0.65);
        middle.setBorder(null);
        JPanel content = new JPanel(new BorderLayout(0, 6));
        content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        content.add(middle, BorderLayout.CENTER);
        content.add(_foot, BorderLayout.SOUTH);
        setContentPane(content);
        setPreferredSize(new Dimension(1000, 640));
        setDefaultCloseOperation(DISPOSE_ON_CLOSE);
        getRootPane().registerKeyboardAction(event -> cancel(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
            JComponent.WHEN_IN_FOCUSED_WINDOW);
        addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowClosed(WindowEvent event)
            {
                closed();
            }
        });
        update();
    }

    /** Show the window, or bring it to the front. From any thread. @param task whose models it shows, null for all of this machine */
    static void open(CatalogueEntry.Task task)
    {
        EventQueue.invokeLater(() ->
        {
            boolean shown = _open != null;
            if (shown)
                _open.toFront();
            else
                build();
            if (task != null)
                _open._list.look(task);
            if (task != null || !shown)
                _open._list.reload(null);
        });
    }

    private static void build()
    {
        _open = new ModelsWindow();
        _open.pack();
        _open.setLocationByPlatform(true);
        Place.beside(_open, IJ.getInstance());
        _open.setVisible(true);
        WindowManager.addWindow(_open);
    }

    private void closed()
    {
        // a download goes on where it ended when it is started again
        cancel();
        WindowManager.removeWindow(this);
        _lists.shutdown();
        _pictures.shutdown();
        if (_open == this)
            _open = null;
    }

    private void cancel()
    {
        _work.cancel();
    }

    private static JButton button(String label, Runnable action)
    {
        JButton button = new JButton(label);
        button.addActionListener(event -> action.run());
        return button;
    }

    private static JPanel over(JComponent content, JButton... buttons)
    {
        // two in a line, so that none is cut off on a small screen
        JPanel lines = new JPanel(new GridLayout(0, 2, 4, 4));
        for (JButton button : buttons)
            lines.add(button);
        JPanel line = new JPanel(new BorderLayout());
        line.add(lines, BorderLayout.WEST);
        JPanel both = new JPanel(new BorderLayout(0, 6));
        both.add(content, BorderLayout.CENTER);
        both.add(line, BorderLayout.SOUTH);
        return both;
    }

    private void selected()
    {
        CatalogueEntry entry = _list.selected();
        if (entry != _shown)
            _details.show(entry);
        _shown = entry;
        update();
    }

    /** Only what makes sense for the selected model can be pressed. */
    private void update()
    {
        CatalogueEntry entry = _list.selected();
        boolean free = !_work.busy();
        boolean online = entry != null && entry.state == CatalogueEntry.State.ONLINE;
        _file.setEnabled(free);
        _folder.setEnabled(free);
        _url.setEnabled(free);
        _install.setEnabled(free && online && entry.runnable);
        _run.setEnabled(entry != null && !online && entry.runnable);
        _verify.setEnabled(free && entry != null && !online && entry.runnable);
        _remove.setEnabled(free && entry != null && entry.state == CatalogueEntry.State.INSTALLED);
        _libtorch.setEnabled(free);
        _cite.setEnabled(entry != null && !entry.citation.isEmpty());
    }

    private void installFrom(String path)
    {
        if (path != null)
            install(path, "");
    }

    private void installUrl()
    {
        ModelsQuestions.Address address = ModelsQuestions.url(this);
        if (address != null)
            install(address.url, address.sha256);
    }

    private void install(String source, String sha256)
    {
        _work.start("Installing " + ModelsText.last(source), listener -> ModelsActions.install(source, hash(sha256), listener), installed ->
        {
            String id = installed.entries.get(0).id;
            record("install", "source", source, "sha256", sha256);
            _list.reload(id);
            _foot.say("Installed " + id + ".");
            if (!installed.warnings.isEmpty())
                _foot.warning(String.join("\n", installed.warnings));
        });
    }

    private void installLibtorch()
    {
        _work.start("Installing libtorch", listener -> ModelsActions.install(ModelsText.LIBTORCH, "", listener), installed ->
        {
            record("install", "source", ModelsText.LIBTORCH);
            _list.reload(null);
            _foot.say("Installed libtorch: models whose weights are TorchScript can be installed and run now.");
        });
    }

    private static String hash(String given)
    {
        return given.isEmpty() ? "" : ModelsSettings.hash(given);
    }

    private void runOnImage()
    {
        CatalogueEntry entry = _list.selected();
        SettingsDialog.open(Verb.of(entry.task), entry.id);
    }

    private void verify()
    {
        String id = _list.selected().id;
        _work.start("Verifying " + id, listener -> ModelsActions.verify(id, ImageOptions.AUTO, listener), verification ->
        {
            boolean failed = verification.outcome == Verification.Outcome.FAILED;
            if (failed)
                _foot.error("The model " + id
                    + " does not give its own test output on this machine. Do not use it here; install it again.");
            else
                _foot.say(verification.outcome == Verification.Outcome.PASSED ? id + " passed its own test." : id
                    + " has no test tensors.");
            record("verify", "id", id);
            new TextWindow("Verification of " + id, verification.text, 960, 360);
        });
    }

    private void remove()
    {
        CatalogueEntry entry = _list.selected();
        if (!ModelsQuestions.remove(this, entry))
            return;
        _work.start("Removing " + entry.id,
            listener ->
            {
                ModelsActions.remove(entry.id);
                return entry.id;
            },
            id ->
            {
                record("remove", "id", id);
                _list.reload(null);
            });
    }

    private void cite()
    {
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(_list.selected().citation), null);
        _foot.say("The citation of " + ModelsText.name(_list.selected()) + " is on the clipboard.");
    }

    /** @param options keys and values in turn; those without a value are left out */
    private static void record(String action, String... options)
    {
        if (!Recorder.record)
            return;
        Recorder.setCommand(ModelsCommand.COMMAND);
        Recorder.recordOption("action", action);
        for (int i = 0; i < options.length; i += 2)
            if (!options[i + 1].isEmpty())
                Recorder.recordOption(options[i], options[i + 1].replace('\\', '/'));
        Recorder.saveCommand();
    }
}
