package org.lambdascope.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Subscription;

/** Listens to every arm of a list for as long as it is in it. */
public final class ArmFollower {

  private final ObservableList<ArmViewModel> arms;
  private final Function<ArmViewModel, Subscription> listen;
  private final Runnable changed;
  private final List<Subscription> following = new ArrayList<>();

  private ArmFollower(
      ObservableList<ArmViewModel> arms,
      Function<ArmViewModel, Subscription> listen,
      Runnable changed) {
    this.arms = arms;
    this.listen = listen;
    this.changed = changed;
  }

  /**
   * Follows the arms that are there and those that come.
   *
   * @param listen listens to one arm
   * @param changed called now, and when arms have come or gone
   */
  public static void follow(
      ObservableList<ArmViewModel> arms,
      Function<ArmViewModel, Subscription> listen,
      Runnable changed) {
    ArmFollower follower = new ArmFollower(arms, listen, changed);
    arms.addListener((ListChangeListener<ArmViewModel>) c -> follower.refollow());
    follower.refollow();
  }

  private void refollow() {
    following.forEach(Subscription::unsubscribe);
    following.clear();
    for (ArmViewModel arm : arms) {
      following.add(listen.apply(arm));
    }
    changed.run();
  }
}
