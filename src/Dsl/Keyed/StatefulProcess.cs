using System.ComponentModel;
using Weir.Graph;

namespace Weir;

/// <summary>
/// A class of the user's that keeps state by key: what <see cref="KeyedProcess{TKey, TIn, TOut}"/> and its kin have in common.
/// </summary>
/// <remarks>
/// One instance serves one subtask, and is called by one thread at a time. Fields that are no states are lost in a restart: keep nothing
/// there but what the constructor makes.
/// </remarks>
[Deterministic]
public abstract class StatefulProcess
{
    /// <summary>Derive from one of the classes that the verbs take, and not from this one.</summary>
    protected StatefulProcess()
    {
    }

    /// <summary>Tells of the states in its fields. Overridden by hand only where the generator cannot know the class.</summary>
    /// <remarks>
    /// By default what <see cref="StateFields.Register"/> was told of the class and of the classes that it derives from. A class in another
    /// language than C#, or a generic class whose type arguments only the caller knows, says it itself:
    /// <code>protected override void Wire(StateBinder binder) => binder.Bind(nameof(_count), ref _count);</code>
    /// </remarks>
    /// <param name="binder">Is told of each state.</param>
    [EditorBrowsable(EditorBrowsableState.Advanced)]
    protected virtual void Wire(StateBinder binder) => StateFields.Wire(this, binder);

    internal void WireTo(StateBinder binder) => Wire(binder);

    /// <summary>What the user's function makes for one subtask, its states not wired yet.</summary>
    /// <exception cref="InvalidOperationException">The function failed, or returned null.</exception>
    internal static TProcess MadeBy<TProcess>(Func<TProcess> make, Stage stage)
        where TProcess : StatefulProcess
    {
        TProcess? made;
        try
        {
            made = make();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"The function of '{stage.Id}' that makes the process failed: {failure.Message}", failure);
        }

        return made ?? throw new InvalidOperationException(
            $"The function of '{stage.Id}' that makes the process returned null. It must make a new process at each call: "
                + $"{stage.Verb}(() => new …).");
    }
}
