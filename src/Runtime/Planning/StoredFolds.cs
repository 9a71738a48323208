using System.Collections.Immutable;
using Weir.Graph;
using Weir.Runtime.Operators.Windows;

namespace Weir.Runtime.Planning;

/// <summary>
/// In which form the aggregates of a checkpoint keep what they have: records, as interpreted ones do, or generated accumulators.
/// </summary>
/// <remarks>
/// Nobody can make the records of a window from its accumulator. So an aggregate goes on in the form that the checkpoint has, whatever else
/// of the job is compiled: the job may be switched, and what is under way is not lost.
/// </remarks>
/// <param name="Records">The operators that keep records.</param>
/// <param name="Accumulators">The operators that keep generated accumulators.</param>
internal sealed record StoredFolds(ImmutableHashSet<string> Records, ImmutableHashSet<string> Accumulators)
{
    /// <summary>Gets those of a job that begins anew.</summary>
    public static StoredFolds None { get; } = new([], []);

    /// <summary>Those of a checkpoint.</summary>
    /// <param name="operators">The ids of its operators, with the forms of their states.</param>
    public static StoredFolds Of(IEnumerable<(string Id, IReadOnlyList<SchemaMember> Schemas)> operators)
    {
        var folds = operators
            .Select(stateful =>
                (stateful.Id, Fold: stateful.Schemas.FirstOrDefault(member => member.Name == PaneSchema.Accumulator)?.Schema))
            .Where(stateful => stateful.Fold is not null)
            .ToList();
        return new StoredFolds(
            [.. folds.Where(one => one.Fold!.Name == PaneSchema.KeptRecords).Select(one => one.Id)],
            [.. folds.Where(one => one.Fold!.Kind == SchemaKind.Accumulator).Select(one => one.Id)]);
    }

    /// <summary>Whether a stage must keep records, though there may be generated code for it.</summary>
    public bool KeepRecords(Stage stage) => stage.FoldsInTwoForms && Records.Contains(stage.Id);

    /// <summary>Whether a stage must keep a generated accumulator, though the job is interpreted.</summary>
    public bool KeepAccumulators(Stage stage) => stage.FoldsInTwoForms && Accumulators.Contains(stage.Id);
}
