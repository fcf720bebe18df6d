package dev.slipway.ops.cli;

import dev.slipway.engine.profile.Gates;
import dev.slipway.engine.profile.Profile;
import dev.slipway.engine.profile.Release;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whose rules hold: {@code --kubelet-version} and {@code --feature-gates}. */
final class ReleaseOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--kubelet-version",
      paramLabel = "VERSION",
      defaultValue = "1.37",
      description = "Whose rules hold, 1.28 to 1.37 (default: ${DEFAULT-VALUE}).")
  private String version;

  @Option(
      names = "--feature-gates",
      paramLabel = "GATE=true|false",
      split = ",",
      description =
          "Feature gates of API server and kubelet that differ from the release's, in the kubelet's"
              + " spelling; a wrong one lists those there are. May be given several times.")
  private List<String> featureGates = new ArrayList<>();

  /** The rules of that release with those gates; what names none is wrong usage. */
  Profile profile() {
    Release release = OptionValues.parsed(command, "--kubelet-version", () -> Release.of(version));
    String gates = String.join(",", featureGates);
    return Profile.of(
        OptionValues.parsed(command, "--feature-gates", () -> Gates.parse(release, gates)));
  }
}
