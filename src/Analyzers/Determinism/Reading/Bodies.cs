using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>The operations that a unit of code is made of.</summary>
/// <param name="sources">The project.</param>
internal sealed class Bodies(Sources sources)
{
    public IEnumerable<IOperation> Of(CodeUnit unit) => unit switch
    {
        { Lambda: { } lambda } => sources.Operation(lambda) switch
        {
            IAnonymousFunctionOperation function => [function.Body],
            { } clause => [clause],
            _ => [],
        },
        { Symbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } => OfConstructor(constructor),
        { Symbol: IMethodSymbol method } => sources.Declarations(method).Select(OfDeclaration).OfType<IOperation>(),
        { Symbol: { } member } => sources.Declarations(member).Select(InitializerOf).OfType<IOperation>(),
        _ => [],
    };

    /// <summary>Whether a constructor leaves the initializers to another one.</summary>
    public bool CallsAnother(IMethodSymbol constructor) => sources.Declarations(constructor)
        .Any(static node => node is ConstructorDeclarationSyntax { Initializer.RawKind: (int)SyntaxKind.ThisConstructorInitializer });

    private IEnumerable<IOperation> OfConstructor(IMethodSymbol constructor)
    {
        if (!constructor.IsStatic && !CallsAnother(constructor))
        {
            foreach (var member in constructor.ContainingType.GetMembers()
                .Where(static member => member is { IsStatic: false, Kind: SymbolKind.Field or SymbolKind.Property }))
            {
                foreach (var initializer in sources.Declarations(member).Select(InitializerOf).OfType<IOperation>())
                {
                    yield return initializer;
                }
            }
        }

        foreach (var declaration in sources.Declarations(constructor))
        {
            if (declaration is ConstructorDeclarationSyntax && sources.Operation(declaration) is { } body)
            {
                yield return body;
            }
            else if (declaration is TypeDeclarationSyntax { BaseList: { } bases }
                && bases.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault() is { } inherited
                && sources.Operation(inherited) is { } call)
            {
                yield return call;
            }
        }
    }

    private IOperation? OfDeclaration(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax => sources.Operation(node) is ILocalFunctionOperation function ? function.Body : null,
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => sources.Operation(node),
        ArrowExpressionClauseSyntax => sources.Operation(node),
        PropertyDeclarationSyntax { ExpressionBody: { } arrow } => sources.Operation(arrow),
        IndexerDeclarationSyntax { ExpressionBody: { } arrow } => sources.Operation(arrow),
        _ => null,
    };

    private IOperation? InitializerOf(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax { Initializer: { } value } => sources.Operation(value),
        PropertyDeclarationSyntax { Initializer: { } value } => sources.Operation(value),
        _ => null,
    };
}
