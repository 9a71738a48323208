using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism.Reading;

/// <summary>Reads one unit of code: what it uses that answers differently, which variables it touches, and what it calls.</summary>
/// <remarks>Lambdas within it are read as a part of it: whoever makes one is taken to run it. Local functions are units of their
/// own.</remarks>
internal sealed partial class UnitReader
{
    private readonly Project _project;
    private readonly CodeUnit _unit;
    private readonly Facts _facts = new();
    private readonly HashSet<Location> _asyncs = [];
    private readonly Receivers _receivers;

    public UnitReader(Project project, CodeUnit unit)
    {
        _project = project;
        _unit = unit;
        _receivers = new(unit);
    }

    private Sources Sources => _project.Sources;

    public Facts Read()
    {
        if (_unit.Symbol is IMethodSymbol method)
        {
            ReadImplicit(method);
            if (method is { IsAsync: true, Locations: [{ } at, ..] })
            {
                Report(Rules.Concurrency, at, "async", ConcurrencyFamily.AsyncCure);
            }
        }

        foreach (var body in _project.Bodies.Of(_unit))
        {
            Read(body);
        }

        OneForEachPlace();
        return _facts;
    }

    private void Read(IOperation operation)
    {
        if (operation is INameOfOperation or ITypeOfOperation or ILocalFunctionOperation or IAttributeOperation)
        {
            return;
        }

        Enter(operation);
        foreach (var child in operation.ChildOperations)
        {
            Read(child);
        }
    }

    private void Enter(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                ReadInvocation(invocation);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                ReadCreation(constructor, creation);
                break;
            case IPropertyReferenceOperation property:
                ReadProperty(property);
                break;
            case IFieldReferenceOperation field:
                ReadField(field);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation:
                ReadVariable(operation);
                break;
            case IMethodReferenceOperation reference:
                ReadGroup(reference);
                break;
            case IAnonymousFunctionOperation { Symbol.IsAsync: true } function:
                Asynchronous(function.Syntax);
                break;
            case ILockOperation locking:
                Report(Rules.InputOutput, PlaceOfLock(locking.Syntax), "lock", InputOutputFamily.LockCure);
                break;
            case IForEachLoopOperation loop:
                ReadLoop(loop);
                break;
            default:
                EnterImplicit(operation);
                break;
        }

        ReadOrder(operation);
    }

    private void Asynchronous(SyntaxNode function)
    {
        var keyword = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword,
            _ => default,
        };
        var at = keyword == default ? function.GetLocation() : keyword.GetLocation();
        if (_asyncs.Add(at))
        {
            Report(Rules.Concurrency, at, "async", ConcurrencyFamily.AsyncCure);
        }
    }

    private void Report(DiagnosticDescriptor rule, Location at, string name, string cure) => _facts.Offences.Add(new(rule, at, name, cure));

    private static Location PlaceOfLock(SyntaxNode node) =>
        node is LockStatementSyntax statement ? statement.LockKeyword.GetLocation() : node.GetLocation();

    /// <summary>Where a person would point: the whole expression, or the member's name where the expression goes over several
    /// lines.</summary>
    private static Location PlaceOf(SyntaxNode node)
    {
        var expression = node switch
        {
            InvocationExpressionSyntax call => call.Expression,
            _ => node,
        };
        SyntaxNode? name = expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => null,
        };
        var start = node.GetLocation().GetLineSpan().StartLinePosition.Line;
        var end = node.GetLocation().GetLineSpan().EndLinePosition.Line;
        return name is not null && (name.GetLocation().GetLineSpan().StartLinePosition.Line != start || end != start)
            ? name.GetLocation()
            : node.GetLocation();
    }

    // Of `File.ReadAllTextAsync(x).Result` one report is enough: the innermost of a rule.
    private void OneForEachPlace()
    {
        var all = _facts.Offences.ToArray();
        _facts.Offences.RemoveAll(outer => all.Any(inner => inner != outer
            && inner.Rule == outer.Rule
            && inner.At.SourceTree == outer.At.SourceTree
            && outer.At.SourceSpan.Contains(inner.At.SourceSpan)
            && (outer.At.SourceSpan != inner.At.SourceSpan || Array.IndexOf(all, inner) < Array.IndexOf(all, outer))));
    }
}
