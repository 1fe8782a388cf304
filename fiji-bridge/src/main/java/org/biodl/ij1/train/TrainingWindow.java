package org.biodl.ij1.train;

import ij.IJ;
import ij.WindowManager;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import org.biodl.ij1.Errand;
import org.biodl.ij1.EventThread;
import org.biodl.ij1.Place;
import org.biodl.ij1.Problems;
import org.biodl.ij1.SettingsDialog;
import org.biodl.jni.Training;
import org.biodl.jni.TrainingPicture;
import org.biodl.jni.TrainingPoint;
import org.biodl.jni.TrainingProgress;
import org.biodl.jni.TrainingResult;

/**
 * How a training goes: its curve, a part of a validation image, the time left; it can be stopped or cancelled there. Closing the window
 * asks. What is told arrives on the thread that watches, and is shown on the event thread.
 */
final class TrainingWindow extends JFrame implements TrainingView
{
    private static final int RANGE = 1000;

    private final transient Training _training;
    private final CurvePlot _curve = new CurvePlot();
    private final PicturePanel _picture = new PicturePanel();
    private final JLabel _status = new JLabel("starting");
    private final JProgressBar _bar = new JProgressBar(0, RANGE);
    private final JTextArea _text = new JTextArea(4, 50);
    private final JButton _stop = button("Stop and Keep", this::stop);
    private final JButton _now = button("Use It Now...", this::now);
    private final JButton _cancel = button("Cancel", this::cancel);
    private final JButton _use = button("Use the Model...", this::use);
    private final JButton _report = button("Report", this::report);
    private final transient Errand _snapshots = new Errand("BioDL snapshot");
    private volatile boolean _cancelled;
    private transient TrainingResult _result;
    private boolean _over;
    private String _message = "";

    private TrainingWindow(Training training)
    {
        super("BioDL Training of " + training.name());
        _training = training;
        _status.setName("status");
        _status.putClientProperty("html.disable", Boolean.TRUE);
        _text.setName("messages");
        _text.setEditable(false);
        _text.setLineWrap(true);
        _text.setWrapStyleWord(true);
        for (String note : training.notes())
            say(note);
        _now.setEnabled(false);
        _now.setToolTipText("A model of the best state so far, in its command, while the training goes on");
        _use.setVisible(false);
        _report.setVisible(false);
        setContentPane(content());
        setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
        addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowClosing(WindowEvent event)
            {
                closing();
            }
        });
    }

    /** Shown beside ImageJ's window. From any thread. */
    static TrainingWindow open(Training training)
    {
        TrainingWindow[] made = new TrainingWindow[1];
        EventThread.run(() ->
        {
            TrainingWindow window = new TrainingWindow(training);
            window.pack();
            window.setLocationByPlatform(true);
            Place.beside(window, WindowManager.getCurrentWindow() != null ? WindowManager.getCurrentWindow() : IJ.getInstance());
            window.setVisible(true);
            WindowManager.addWindow(window);
            made[0] = window;
        });
        if (made[0] == null)
            throw new IllegalStateException("interrupted before the window of the training was made");
        return made[0];
    }

    private JPanel content()
    {
        JPanel line = new JPanel(new BorderLayout(8, 2));
        line.add(_status, BorderLayout.CENTER);
        line.add(_bar, BorderLayout.SOUTH);
        JPanel middle = new JPanel(new BorderLayout(0, 6));
        middle.add(_curve, BorderLayout.CENTER);
        middle.add(_picture, BorderLayout.SOUTH);
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT, 4, 0));
        for (JButton button : new JButton[] { _now, _stop, _cancel, _use, _report })
            buttons.add(button);
        JPanel foot = new JPanel(new BorderLayout(0, 6));
        foot.add(new JScrollPane(_text), BorderLayout.CENTER);
        foot.add(buttons, BorderLayout.SOUTH);
        JPanel content = new JPanel(new BorderLayout(0, 6));
        content.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        content.add(line, BorderLayout.NORTH);
        content.add(middle, BorderLayout.CENTER);
        content.add(foot, BorderLayout.SOUTH);
        return content;
    }

    @Override
    public boolean update(TrainingProgress progress, List<TrainingPoint> more, TrainingPicture picture)
    {
        List<BufferedImage> images = picture == null ? null : PicturePanel.images(picture);
        EventQueue.invokeLater(() ->
        {
            _status.setText(TrainingText.line(progress) + TrainingText.losses(progress));
            _bar.setValue(progress.steps > 0 ? (int) ((double) RANGE * progress.step / progress.steps) : 0);
            _curve.add(more, progress.steps);
            if (images != null)
                _picture.show(picture, images);
            if (!progress.message.isEmpty() && !progress.message.equals(_message))
                say(progress.message);
            _message = progress.message;
            if (progress.state == TrainingProgress.State.FINISHING)
                _stop.setEnabled(false);
            _now.setEnabled(progress.state == TrainingProgress.State.TRAINING && progress.validations > 0 && !_snapshots.isRunning());
        });
        return !_cancelled;
    }

    @Override
    public void done(TrainingResult result)
    {
        EventQueue.invokeLater(() ->
        {
            _result = result;
            ended("The model is there: " + result.modelId);
            for (String warning : result.warnings)
                say(warning);
            if (!result.figures.isEmpty())
                say("Checks: " + String.join(", ", result.figures));
            _use.setVisible(true);
            _report.setVisible(!result.report.isEmpty());
        });
    }

    @Override
    public void failed(Throwable problem)
    {
        EventQueue.invokeLater(() ->
        {
            if (_cancelled)
            {
                close();
                return;
            }
            ended("It ended without a model.");
            say(Problems.text(problem));
        });
    }

    private void ended(String sentence)
    {
        _over = true;
        _status.setText(sentence);
        _bar.setVisible(false);
        _stop.setVisible(false);
        _now.setVisible(false);
        _cancel.setText("Close");
        _cancel.setEnabled(true);
    }

    private void say(String line)
    {
        _text.append((_text.getText().isEmpty() ? "" : "\n") + line);
        _text.setCaretPosition(_text.getText().length());
    }

    private void stop()
    {
        _stop.setEnabled(false);
        say("Stopping; the best state so far becomes the model.");
        _training.stop();
    }

    /** The training goes on meanwhile, and pauses while the model runs. */
    private void now()
    {
        _now.setEnabled(false);
        say("Making a model of the best state so far.");
        _snapshots.start(() -> TrainingSnapshot.install(_training), id ->
        {
            say("It is '" + id + "'; the training goes on.");
            SettingsDialog.open(TrainingText.verb(_training.method()), id);
        }, problem -> say(Problems.text(problem)));
    }

    private void cancel()
    {
        if (_over)
        {
            close();
            return;
        }
        _cancelled = true;
        _cancel.setEnabled(false);
        _stop.setEnabled(false);
        _status.setText("cancelling");
    }

    private void closing()
    {
        if (_over)
        {
            close();
            return;
        }
        Object[] answers = { "Stop and Keep", "Throw Away", "Go On" };
        int answer = JOptionPane.showOptionDialog(this, "The training is not over. What it has learned can be kept as a model.",
            "Training of " + _training.name(), JOptionPane.DEFAULT_OPTION, JOptionPane.QUESTION_MESSAGE, null, answers, answers[2]);
        if (answer == 0 && !_over)
            stop();
        else if (answer == 1 && !_over)
            cancel();
    }

    private void use()
    {
        SettingsDialog.open(TrainingText.verb(_training.method()), _result.modelId);
    }

    private void report()
    {
        IJ.runPlugIn("ij.plugin.BrowserLauncher", new File(_result.report).toURI().toString());
    }

    private void close()
    {
        WindowManager.removeWindow(this);
        dispose();
    }

    private static JButton button(String label, Runnable action)
    {
        JButton button = new JButton(label);
        button.addActionListener(event -> action.run());
        return button;
    }
}
