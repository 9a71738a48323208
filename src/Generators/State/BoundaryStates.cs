using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.State;

/// <summary>What sources and sinks store: the splits that are being read, and the transactions that wait for their checkpoint.</summary>
/// <remarks>Only what the type of the source or sink tells where it is given: behind an interface anything may stand.</remarks>
internal static class BoundaryStates
{
    /// <summary>The split of a source; null if its type does not tell.</summary>
    public static StateMemberModel? Split(ITypeSymbol? source, StateTypes types, Compilation compilation, CancellationToken cancellation) =>
        Ancestor(source, "Weir.Source") is { } known
            ? Of("split", source!, "SplitCodec", known.TypeArguments[1], types, compilation, cancellation)
            : null;

    /// <summary>The transaction of a sink; null if there is none, or its type does not tell.</summary>
    public static StateMemberModel? Transaction(
        ITypeSymbol? sink, StateTypes types, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var writer in Writers(sink, compilation, cancellation))
        {
            if (Ancestor(writer, "Weir.TwoPhaseCommitSink") is { } known)
            {
                return Of("transaction", writer, "TransactionCodec", known.TypeArguments[1], types, compilation, cancellation);
            }
        }

        return null;
    }

    // The sink opens its writers: what it says that it returns, and else what it makes.
    private static IEnumerable<ITypeSymbol> Writers(ITypeSymbol? sink, Compilation compilation, CancellationToken cancellation)
    {
        for (var type = sink; type is not null; type = type.BaseType)
        {
            foreach (var open in type.GetMembers("Open").OfType<IMethodSymbol>())
            {
                yield return open.ReturnType;
                foreach (var made in open.DeclaringSyntaxReferences
                    .Select(reference => BodyReads.Noted(reference.GetSyntax(cancellation)))
                    .Where(declaration => compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                    .SelectMany(static declaration => declaration.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()))
                {
                    if (ModelOf(made.SyntaxTree, compilation).GetTypeInfo(made, cancellation).Type is { } writer)
                    {
                        yield return writer;
                    }
                }
            }
        }
    }

    private static StateMemberModel Of(
        string name, ITypeSymbol owner, string codec, ITypeSymbol type, StateTypes types, Compilation compilation,
        CancellationToken cancellation) => new()
        {
            Name = name,
            Type = OwnCodec(owner, codec, compilation, cancellation) is { } own ? $"custom<{TypeNames.Label(own)}>" : types.Add(type),
            FormerNames = default,
        };

    // A codec by hand, whose bytes only it understands; null for the one that is generated.
    private static ITypeSymbol? OwnCodec(ITypeSymbol owner, string property, Compilation compilation, CancellationToken cancellation)
    {
        for (var type = owner; type is not null; type = type.BaseType)
        {
            foreach (var made in type.GetMembers(property)
                .SelectMany(static member => member.DeclaringSyntaxReferences)
                .Select(reference => BodyReads.Noted(reference.GetSyntax(cancellation)))
                .Where(declaration => compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                .SelectMany(static declaration => declaration.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()))
            {
                return ModelOf(made.SyntaxTree, compilation).GetTypeInfo(made, cancellation).Type;
            }
        }

        return null;
    }

    private static INamedTypeSymbol? Ancestor(ITypeSymbol? type, string definition)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor is INamedTypeSymbol { TypeArguments.Length: 2 } named && TypeNames.Definition(named) == definition)
            {
                return named;
            }
        }

        return null;
    }

#pragma warning disable RS1030 // The source or sink may stand in another file.
    private static SemanticModel ModelOf(SyntaxTree tree, Compilation compilation) => compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
