using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Emitting;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.State;

/// <summary>What an <c>Aggregate(g => …)</c> keeps, as its checkpoints say it: the fields of its accumulator, or its records.</summary>
internal static class AccumulatorStates
{
    /// <summary>The name of the state of an aggregate.</summary>
    public const string Name = "accumulator";

    private const string Prefix = Name + ".";

    /// <summary>Whether a state is a field of a generated accumulator.</summary>
    public static bool IsField(StateMemberModel state) => state.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What a field is kept for: <c>Sum($0.Delay)</c>.</summary>
    public static string LabelOf(StateMemberModel field) => field.Name.Substring(Prefix.Length);

    /// <summary>The fields in ordinal order of their names; or the one list of records.</summary>
    public static IEnumerable<StateMemberModel> Of(VerbCall call, StateTypes types, CancellationToken cancellation)
    {
        var record = call.TypeArgument(0);
        return Compiled(call, record, cancellation) is var (group, kept)
            && AreFolded(call, group.CanMerge, group.DependsOnOrder, cancellation)
            ? Fields(group, kept, types).OrderBy(static field => field.Name, StringComparer.Ordinal)
            : [Records(call, types)];
    }

    /// <summary>Whether windows hold accumulators. Those that lose records, share slices or become one may have to keep records.</summary>
    public static bool AreFolded(VerbCall call, bool canMerge, bool dependsOnOrder, CancellationToken cancellation)
    {
        var windows = WindowsBefore.Of(call, cancellation);
        return windows.Forms == WindowForms.Running
            || (windows.Forms & AggregateParser.AbleFor(call.Verb, windows, canMerge, dependsOnOrder).Able) != WindowForms.None;
    }

    /// <summary>The records, where they are kept.</summary>
    public static StateMemberModel Records(VerbCall call, StateTypes types) =>
        new() { Name = Name, Type = $"list<{types.Add(call.TypeArgument(0))}>", FormerNames = default };

    private static (GroupAggregateModel, IReadOnlyCollection<ITypeSymbol>)? Compiled(
        VerbCall call, ITypeSymbol record, CancellationToken cancellation)
    {
        if (call.Argument("result") is not { } result || FunctionParser.Unwrap(result) is not LambdaExpressionSyntax lambda
            || Reach.NameOf(record) is not { } name || call.Method.TypeArguments.Any(static type => Reach.NameOf(type) is null)
            || CompilerNeeds.MissingFor(call.Syntax.SyntaxTree.Options) is not null)
        {
            return null;
        }

        var parser = new GroupParser(call.Model, lambda, record, name, cancellation);
        return parser.Parse() is { } group ? (group, [.. parser.Types.Values, record]) : null;
    }

    private static IEnumerable<StateMemberModel> Fields(
        GroupAggregateModel group, IReadOnlyCollection<ITypeSymbol> kept, StateTypes types)
    {
        var symbols = new Dictionary<string, ITypeSymbol>(StringComparer.Ordinal);
        foreach (var type in kept)
        {
            foreach (var part in new[] { type, NamedTypeParser.ItemOf(type) }.OfType<ITypeSymbol>())
            {
                symbols[Reach.NameOf(part) ?? ""] = part;
            }
        }

        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in KeptFieldList.Of(KeptFieldList.Named(group.Kept)))
        {
            var label = Plain(field.Label);
            labels[label] = labels.TryGetValue(label, out var same) ? same + 1 : 1;
            var stored = symbols.TryGetValue(field.Stored, out var symbol) ? types.Add(symbol) : field.Stored;
            yield return new StateMemberModel
            {
                Name = Prefix + label + (same == 0 ? "" : FormattableString.Invariant($"#{same + 1}")),
                Type = field.Form switch
                {
                    FieldForm.Set => $"set<{stored}>",
                    FieldForm.Nullable => $"nullable<{stored}>",
                    _ => stored,
                },
                FormerNames = default,
            };
        }
    }

    // No escape is needed in the file, nor in the comment and the property of the build that take it there: these know no backslash.
    private static string Plain(string label) =>
        label.Replace('"', '\'').Replace('\\', '|').Replace("*/", "* /").Replace("/*", "/ *");
}
