using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Keyed;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.State;

/// <summary>The states of a class that a verb runs, as its checkpoints name them: a member of <c>state</c> each.</summary>
internal static class KeyedStates
{
    private const string Prefix = "state.";

    /// <summary>Whether a state is one of a class.</summary>
    public static bool Is(StateMemberModel state) => state.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The states of the class that a call makes, the base classes' first; none if its text does not tell which.</summary>
    public static IEnumerable<StateMemberModel> Of(VerbCall call, StateTypes types, CancellationToken cancellation)
    {
        if (call.Syntax is not InvocationExpressionSyntax syntax
            || StateFields.KeepersIn(syntax, call.Model, cancellation).FirstOrDefault(StateFields.AreIn) is not { } keeper)
        {
            yield break;
        }

        foreach (var field in StateFields.OwnersOf(keeper).Reverse().SelectMany(StateFields.Of).Where(static field => !field.IsStatic))
        {
            var of = field.Type is IArrayTypeSymbol ? "[]" : "";
            yield return new StateMemberModel
            {
                Name = Prefix + StateFields.NameOf(field) + of,
                Type = TypeOf(StateFields.StateOf(field.Type)!, types),
                FormerNames = new([.. StateFields.FormerNamesOf(field).Select(name => Prefix + name + of)]),
            };
        }
    }

    private static string TypeOf(INamedTypeSymbol state, StateTypes types) => state.Name switch
    {
        "ListState" or "OperatorListState" => $"list<{types.Add(state.TypeArguments[0])}>",
        "MapState" or "BroadcastState" => $"map<{types.Add(state.TypeArguments[0])}, {types.Add(state.TypeArguments[1])}>",
        _ => types.Add(StateFields.StoredIn(state).First()),
    };
}
